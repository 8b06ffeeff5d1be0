import { ApplicationFailure } from '@temporalio/workflow';
import type { Amount } from '../budget/account.ts';
import { rootOf } from '../failure.ts';
import { isLost } from '../tries.ts';

/** What a failed try says about the next one. */
export type Failure = {
  /** The provider may have seen the request and may bill it. */
  readonly mayBeBilled: boolean;
  readonly retryable: boolean;
  /** The worker was lost, which says nothing of the request. */
  readonly workerLost: boolean;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfterMs: number | null;
  /** The request was not sent because it may take more than was reserved: this much. */
  readonly bound: Amount | null;
};

/** Codes of faults that are met before a request is sent, or that the provider answers with before it works. */
const NOT_BILLED: ReadonlySet<string> = new Set([
  'OVER_BUDGET',
  'PRICE_UNKNOWN',
  'PROVER_UNKNOWN',
  'MODEL_CREDENTIALS',
  'MODEL_REFUSED',
  'MODEL_RATE_LIMIT',
]);

type Details = { readonly mayBill?: boolean; readonly retryAfterMs?: number | null };

export const failureOf = (error: unknown): Failure => {
  const root = rootOf(error);
  if (!(root instanceof ApplicationFailure))
    return {
      mayBeBilled: true,
      retryable: true,
      workerLost: isLost(error),
      retryAfterMs: null,
      bound: null,
    };
  const [first, second] = root.details ?? [];
  const details = (typeof first === 'object' && first !== null ? first : {}) as Details;
  const type = root.type ?? '';
  return {
    mayBeBilled: details.mayBill ?? !NOT_BILLED.has(type),
    retryable: root.nonRetryable !== true,
    workerLost: isLost(error),
    retryAfterMs: details.retryAfterMs ?? null,
    bound:
      type === 'OVER_BUDGET' ? ((second as Amount | undefined) ?? { usd: Number(first), tokens: 0 }) : null,
  };
};

const MOST_TRIES = 6;
const MOST_WORKERS = 20;
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Milliseconds to wait before the next try, null = no more. `tries` have been made. */
export const retryDelay = (failure: Failure, tries: number): number | null => {
  if (!failure.retryable || tries >= (failure.workerLost ? MOST_WORKERS : MOST_TRIES)) return null;
  // Temporal has waited for the heartbeat already; the next worker takes the request when it comes.
  if (failure.workerLost) return 0;
  return failure.retryAfterMs ?? Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
};
