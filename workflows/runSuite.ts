import { allHandlersFinished, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import type { RunSuiteInput } from '../src/model/index.ts';
import { checked, guarded } from './failure.ts';
import { Batches } from './run/batches.ts';
import { sendCanary } from './run/canary.ts';
import { feedStarved, type Hungry, runLanes } from './run/lanes.ts';
import { type RunSummary, runToEnd } from './run/lifecycle.ts';
import { type Carried, RunState } from './run/state.ts';
import { Theorems } from './run/theorems.ts';
import { tuned } from './run/tuning.ts';

/** Beyond the input: what an earlier execution carried on, and a lower limit of history for tests. */
export type SuiteProgress = {
  readonly carried?: Carried;
  readonly hungry?: readonly Hungry[];
  readonly historyLimit?: number;
};

/**
 * Proves the theorems of a suite in child workflows, at most `limits.lanes` at once and never beyond
 * `limits.costUsd`. When its history has become long it lets those in flight end and continues as new.
 */
export async function runSuite(raw: RunSuiteInput, before: SuiteProgress = {}): Promise<RunSummary> {
  return guarded(async () => {
    const input = checked(raw, 'runId', 'source', 'plan', 'limits', 'guard');
    const { runId, suite, plan, limits, guard, source } = input;
    const theorems = new Theorems(source, guard, before.carried?.offset ?? 0);
    const basis = { runId, label: suite, suite, total: theorems.count, plan, limits, guard };
    const state = new RunState(basis, before.carried);
    return runToEnd(state, async () => {
      if (input.canary !== undefined && before.carried === undefined)
        await sendCanary(state, input.canary.header);
      const isLong = () => state.historyIsLong(before.historyLimit);
      const left = () => theorems.count - theorems.offset;
      const lanes = () => tuned(state, left, () => runLanes(state, theorems, isLong));
      if (plan.batch !== undefined) state.batches = new Batches(state, plan.batch);
      const starved = await (state.batches?.during(lanes) ?? lanes());
      const hungry = [...(before.hungry ?? []), ...starved];
      if (theorems.left) {
        await condition(allHandlersFinished);
        await continueAsNew(input, { ...before, carried: state.carry(theorems.offset), hungry });
      }
      await feedStarved(state, hungry);
    });
  });
}

const continueAsNew = makeContinueAsNewFunc<typeof runSuite>();
