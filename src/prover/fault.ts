import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { type ErrorCode, isProofloopError, ProofloopError } from '../model/index.ts';
import { redact, secretsOf } from './redact.ts';

export type ModelFaultCode = Extract<ErrorCode, `MODEL_${string}`>;

/** Answers that a provider gives before it works on a request. */
const REFUSED_AT_ONCE: ReadonlySet<ModelFaultCode> = new Set([
  'MODEL_CREDENTIALS',
  'MODEL_REFUSED',
  'MODEL_RATE_LIMIT',
]);

/**
 * A request that brought no answer. `retryable` says whether the same request may succeed later,
 * `retryAfterMs` (milliseconds) how long the provider asks to wait, null when it did not say.
 */
export class ModelFault extends ProofloopError {
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** The provider may have worked on the request, so it may bill it. */
  readonly mayBill: boolean;

  constructor(
    code: ModelFaultCode,
    message: string,
    options: { retryable: boolean; retryAfterMs?: number | null; fix?: string; mayBill?: boolean },
  ) {
    // No `cause`: the provider's own error would carry request headers and bodies into a history.
    super(code, message, options.fix === undefined ? {} : { fix: options.fix });
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.mayBill = options.mayBill ?? !REFUSED_AT_ONCE.has(code);
  }
}

export const isModelFault = (e: unknown): e is ModelFault => isProofloopError(e) && 'retryable' in e;

/** Codes of other parts that a fresh process or a later moment may mend. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['LEAN_CRASHED', 'LEAN_START_FAILED', 'STORE_UNUSABLE']);

/**
 * What an activity throws for a fault: type = the catalogue's code, details = [{ fix }]. A model's fault is
 * retried after the provider's own delay; other faults of ours mostly never; a defect is retried as
 * Temporal's policy says. Cancellation is no fault: it is thrown on as it is.
 */
export function toApplicationFailure(error: unknown): ApplicationFailure {
  if (error instanceof CancelledFailure) throw error;
  if (error instanceof ApplicationFailure) return error;
  const secrets = secretsOf(process.env);
  const message = redact(error instanceof Error ? error.message : String(error), secrets);
  if (!isProofloopError(error)) {
    return ApplicationFailure.create({ message, type: 'INTERNAL' satisfies ErrorCode });
  }
  const retryable = isModelFault(error) ? error.retryable : RETRYABLE.has(error.code);
  const delay = isModelFault(error) ? error.retryAfterMs : null;
  return ApplicationFailure.create({
    message,
    type: error.code,
    nonRetryable: !retryable,
    details: [
      {
        fix: redact(error.fix, secrets),
        ...(isModelFault(error) && { mayBill: error.mayBill, retryAfterMs: delay }),
      },
    ],
    ...(retryable && delay !== null ? { nextRetryDelay: delay } : {}),
  });
}
