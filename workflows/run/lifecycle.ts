import {
  allHandlersFinished,
  CancellationScope,
  ContinueAsNew,
  condition,
  isCancellation,
  setCurrentDetails,
} from '@temporalio/workflow';
import type { RunState as RunStatus } from '../../src/model/index.ts';
import { mainCalls } from '../calls.ts';
import { runDetails } from '../details.ts';
import { handleMessages } from './handlers.ts';
import type { RunState } from './state.ts';

/** What a run's workflow returns: the results themselves are in the store. */
export type RunSummary = {
  readonly runId: string;
  readonly state: RunStatus;
  readonly total: number;
  readonly spentUsd: number | null;
};

/** Answers messages while `body` works, and records how the run ended, also when it is cancelled or fails. */
export const runToEnd = async (state: RunState, body: () => Promise<void>): Promise<RunSummary> => {
  handleMessages(state);
  setCurrentDetails(runDetails(state));
  try {
    await body();
    await finish(state, 'done');
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    await CancellationScope.nonCancellable(() =>
      finish(state, isCancellation(error) ? 'cancelled' : 'failed'),
    );
    throw error;
  }
  await condition(allHandlersFinished);
  const { runId, total } = state.basis;
  return { runId, state: state.status, total, spentUsd: state.funds.spent.usd };
};

const finish = async (state: RunState, status: RunStatus): Promise<void> => {
  state.status = status;
  const { runId } = state.basis;
  setCurrentDetails(runDetails(state));
  await mainCalls.recordRunState.executeWithOptions({ summary: `run ${status}` }, [
    { runId, state: status, limits: state.limits, endedAt: Date.now() },
  ]);
};
