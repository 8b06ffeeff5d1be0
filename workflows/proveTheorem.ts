import { allHandlersFinished, condition, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { ProveTheoremInput, TheoremResult } from '../src/model/index.ts';
import { setOutcomeAttribute } from './attributes.ts';
import { theoremDetails } from './details.ts';
import { checked, endsRun, faultOf, guarded } from './failure.ts';
import { withinTime } from './theorem/clock.ts';
import { handleMessages } from './theorem/handlers.ts';
import { Records } from './theorem/records.ts';
import { type Ending, resultOf } from './theorem/result.ts';
import { search } from './theorem/stages.ts';
import { TheoremState } from './theorem/state.ts';

/**
 * Proves one theorem: known proof, local prover, rounds of model samples, all judged by Lean. Resolves for
 * every outcome of the search; fails only for faults that concern the worker (STORE_MISMATCH,
 * WORKFLOW_VERSION_MISMATCH) or a defect, and ends as cancelled, with its result recorded, when cancelled.
 */
export async function proveTheorem(raw: ProveTheoremInput): Promise<TheoremResult> {
  return guarded(async () => {
    const state = new TheoremState(checked(raw, 'runId', 'theorem', 'plan', 'guard'), Date.now());
    const records = new Records();
    handleMessages(state);
    setCurrentDetails(theoremDetails(state));
    let cancelled: unknown = null;
    let ending: Ending;
    try {
      const end = await withinTime(state, () => search(state, records));
      ending = end === 'time' ? { kind: 'nothing', stoppedBy: 'time' } : end;
    } catch (error) {
      if (endsRun(error)) throw error;
      if (isCancellation(error)) cancelled = error;
      ending = isCancellation(error)
        ? { kind: 'nothing', stoppedBy: 'cancelled' }
        : { kind: 'fault', fault: faultOf(error) };
    }
    const result = resultOf(state, ending, Date.now());
    state.result = result;
    state.phase = 'done';
    setOutcomeAttribute(result.outcome);
    records.result(state.input.runId, result);
    await records.settled();
    setCurrentDetails(theoremDetails(state));
    if (cancelled !== null) throw cancelled;
    await condition(allHandlersFinished);
    return result;
  });
}
