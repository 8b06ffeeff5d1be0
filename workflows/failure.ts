import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  ContinueAsNew,
  isCancellation,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Fault } from '../src/model/index.ts';

export type { Fault };

/**
 * Runs a workflow's body. Temporal retries a workflow task for ever on a plain error, so what is not one of
 * its own failures is turned into one that ends the workflow.
 */
export const guarded = async <T>(body: () => Promise<T>): Promise<T> => {
  try {
    return await body();
  } catch (error) {
    if (error instanceof TemporalFailure || error instanceof ContinueAsNew || isCancellation(error))
      throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw ApplicationFailure.create({
      message,
      type: 'INTERNAL',
      nonRetryable: true,
      ...(error instanceof Error && { cause: error }),
    });
  }
};

/**
 * The input, if it has the parts named. Whoever starts a run has checked it against its schema; this is for a
 * start by other hands, which is to end with a clear message.
 */
export const checked = <T extends object>(input: T, ...parts: readonly (keyof T & string)[]): T => {
  for (const part of parts)
    if (typeof input !== 'object' || input === null || input[part] === undefined)
      throw ApplicationFailure.nonRetryable(
        `the workflow's input is not valid: it lacks '${part}'`,
        'INTERNAL',
      );
  return input;
};

/** How a workflow ended that another execution had started, as a failure of its own would say it. */
export const failureOf = (end: { readonly fault: Fault | null }): Error =>
  end.fault === null
    ? new CancelledFailure('cancelled')
    : ApplicationFailure.nonRetryable(end.fault.message, end.fault.code);

/** Code and message of what stands behind a failed activity or child. */
export const faultOf = (error: unknown): Fault => {
  const cause = rootOf(error);
  if (cause instanceof ApplicationFailure) {
    const fix = (cause.details?.[0] as { readonly fix?: unknown } | null | undefined)?.fix;
    return {
      ...{ code: cause.type ?? 'INTERNAL', message: cause.message },
      ...(typeof fix === 'string' && fix !== '' && { fix }),
    };
  }
  return { code: 'INTERNAL', message: cause instanceof Error ? cause.message : String(cause) };
};

/** The failure that an activity or a child itself raised. */
export const rootOf = (error: unknown): unknown =>
  (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause !== undefined
    ? rootOf(error.cause)
    : error;

/** Codes that say something of the worker, not of the theorem: they end the whole run. */
const OF_THE_WORKER: ReadonlySet<string> = new Set(['STORE_MISMATCH', 'WORKFLOW_VERSION_MISMATCH']);

export const endsRun = (error: unknown): boolean => OF_THE_WORKER.has(faultOf(error).code);
