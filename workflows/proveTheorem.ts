import {
  allHandlersFinished,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  setCurrentDetails,
} from '@temporalio/workflow';
import type { ProveTheoremInput, TheoremResult } from '../src/model/index.ts';
import { setOutcomeAttribute } from './attributes.ts';
import { theoremDetails } from './details.ts';
import { checked, endsRun, faultOf, guarded } from './failure.ts';
import type { TheoremCarried } from './theorem/carried.ts';
import { withinTime } from './theorem/clock.ts';
import { handleMessages } from './theorem/handlers.ts';
import { Records } from './theorem/records.ts';
import { report } from './theorem/report.ts';
import { resultOf, type SearchEnd } from './theorem/result.ts';
import { search } from './theorem/stages.ts';
import { TheoremState } from './theorem/state.ts';
import { takeUp } from './theorem/take-up.ts';

/** Beyond the input: what an earlier execution carried on, and a lower limit of history for tests. */
export type TheoremProgress = { readonly carried?: TheoremCarried; readonly historyLimit?: number };

/**
 * Proves one theorem: known proof, local prover, rounds of model samples, all judged by Lean. Resolves for
 * every outcome of the search; fails only for faults that concern the worker (STORE_MISMATCH,
 * WORKFLOW_VERSION_MISMATCH) or a defect, and ends as cancelled, with its result recorded, when cancelled. When its
 * history has become long it lets the samples under way end and continues as new.
 */
export async function proveTheorem(
  raw: ProveTheoremInput,
  before: TheoremProgress = {},
): Promise<TheoremResult> {
  return guarded(async () => {
    const input = checked(raw, 'runId', 'theorem', 'plan', 'guard');
    const state = new TheoremState(input, Date.now(), before.carried, before.historyLimit);
    const records = new Records();
    handleMessages(state);
    setCurrentDetails(theoremDetails(state));
    let cancelled: unknown = null;
    let ending: SearchEnd;
    try {
      if (input.resumed === true && before.carried === undefined) await takeUp(state);
      const end = await withinTime(state, () => search(state, records));
      ending = end.kind === 'timeUp' ? { kind: 'nothing', stoppedBy: 'time', scope: end.scope } : end;
    } catch (error) {
      if (endsRun(error)) throw error;
      if (isCancellation(error)) cancelled = error;
      ending = isCancellation(error)
        ? { kind: 'nothing', stoppedBy: 'cancelled' }
        : { kind: 'fault', fault: faultOf(error) };
    }
    // What was proved stays proved, whatever became of further samples.
    if (state.foundBefore !== null && ending.kind !== 'continue')
      ending = { kind: 'found', found: state.foundBefore };
    if (ending.kind === 'continue') {
      await records.settled();
      await condition(allHandlersFinished);
      return continueAsNew(input, { ...before, carried: state.carry() });
    }
    const result = resultOf(state, ending, Date.now());
    state.result = result;
    state.phase = 'done';
    setOutcomeAttribute(result.outcome);
    if (state.input.step === undefined) records.result(state.input.runId, result);
    await records.settled();
    setCurrentDetails(theoremDetails(state));
    if (input.reports === true) await report(state, result);
    if (cancelled !== null) throw cancelled;
    await condition(allHandlersFinished);
    return result;
  });
}

const continueAsNew = makeContinueAsNewFunc<typeof proveTheorem>();
