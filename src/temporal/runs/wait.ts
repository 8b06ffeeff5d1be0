import { ServiceError, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import type { RunRecord } from '../../model/index.ts';
import { archiveRun } from './archive.ts';
import type { RunContext } from './context.ts';
import { toFault } from './faults.ts';
import { changeRecord, headOf, recordOf } from './records.ts';

/** Milliseconds between looks while the server does not answer. */
const AGAIN_MS = 500;

/**
 * Waits for the end of a run, across restarts of workers and server, and returns its record from the store.
 * A cancelled run is a record with state `cancelled`. A run that failed as a whole is recorded as `failed` and
 * throws its fault (STORE_MISMATCH, WORKFLOW_VERSION_MISMATCH, INTERNAL). An aborted `signal` rejects with its
 * reason and leaves the run as it is.
 */
export const waitForRun = async (
  ctx: RunContext,
  runId: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<RunRecord> => {
  const before = await headOf(ctx.store, runId);
  if (before.state === 'done') return recordOf(ctx.store, runId);
  const failure = await endOf(ctx, runId, signal);
  if (failure === null || rootIsCancelled(failure)) {
    await changeState(ctx, runId, failure === null ? 'done' : 'cancelled');
    await archiveRun(ctx, runId);
    return recordOf(ctx.store, runId);
  }
  if (failure instanceof WorkflowNotFoundError) {
    // Its history has expired or its server's file was removed: what the store has is all there is.
    await changeState(ctx, runId, 'failed');
    throw toFault(failure, `run '${runId}'`);
  }
  await changeState(ctx, runId, 'failed');
  await archiveRun(ctx, runId);
  throw toFault(failure, `run '${runId}'`);
};

/** null when the run has come to its end, else what ended it. */
const endOf = async (ctx: RunContext, runId: string, signal: AbortSignal | undefined): Promise<unknown> => {
  const handle = ctx.client.workflow.getHandle(runId);
  for (;;) {
    signal?.throwIfAborted();
    try {
      const result = () => handle.result();
      await (signal === undefined ? result() : ctx.connection.withAbortSignal(signal, result));
      return null;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError) return error;
      if (!(error instanceof ServiceError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
};

const rootIsCancelled = (error: unknown): boolean =>
  error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure;

/** The workflow itself records its end; this is for one that could not. */
const changeState = async (ctx: RunContext, runId: string, state: RunRecord['state']): Promise<void> => {
  const now = await headOf(ctx.store, runId);
  if (now.state === state && now.endedAt !== null) return;
  await changeRecord(ctx.store, runId, { state, endedAt: Date.now() });
};
