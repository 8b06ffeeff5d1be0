import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { TheoremResult } from '../../src/model/index.ts';
import { boughtOf } from '../budget/child.ts';
import { theoremEndedSignal } from '../messages.ts';
import { compact } from '../run/compact.ts';
import type { TheoremState } from './state.ts';

/** Tells the run, in whichever execution it is by now, that this theorem has ended; its result is in the store. */
export const report = async (state: TheoremState, result: TheoremResult): Promise<void> => {
  const { workflowId } = workflowInfo();
  const { usd, tokens } = boughtOf(result.ledger);
  const { boughtBefore: before } = state;
  const bought = {
    usd: usd === null || before.usd === null ? null : usd - before.usd,
    tokens: tokens - before.tokens,
  };
  try {
    await CancellationScope.nonCancellable(() =>
      getExternalWorkflowHandle(state.input.runId).signal(theoremEndedSignal, {
        ...{ workflowId, bought, budget: state.budget },
        ...(state.lacked !== null && { lacked: state.lacked }),
        result: compact(result),
      }),
    );
  } catch {
    // The run was ended by other hands: nobody waits for this any more.
  }
};
