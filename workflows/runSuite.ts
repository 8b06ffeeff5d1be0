import { allHandlersFinished, condition, makeContinueAsNewFunc, setHandler } from '@temporalio/workflow';
import type { OutcomeCounts, RunSuiteInput } from '../src/model/index.ts';
import type { Amount } from './budget/account.ts';
import { checked, guarded } from './failure.ts';
import { theoremEndedSignal } from './messages.ts';
import { Batches } from './run/batches.ts';
import { sendCanary } from './run/canary.ts';
import { fanOut } from './run/fan-out.ts';
import { Fleet, type Flight } from './run/fleet.ts';
import { type RunSummary, runToEnd } from './run/lifecycle.ts';
import { LOOK_MS, reconciling } from './run/reconcile.ts';
import { type Carried, RunState } from './run/state.ts';
import { Theorems } from './run/theorems.ts';
import { tuned } from './run/tuning.ts';
import type { Turn, WindowCarried } from './run/turn.ts';
import { Window } from './run/window.ts';

/** Beyond the input: what an earlier execution carried on, what a finished run still has to do, and limits for tests. */
export type SuiteProgress = {
  readonly carried?: Carried & { readonly window: WindowCarried; readonly flights: readonly Flight[] };
  /** A run that goes on after its end: only these, beside the outcomes that stay. */
  readonly reopened?: {
    readonly turns: readonly Turn[];
    readonly outcomes: OutcomeCounts;
    /** What it had bought by then. Absent: started by an older version. */
    readonly spent?: Amount;
  };
  readonly historyLimit?: number;
  readonly lookMs?: number;
};

/**
 * Proves the theorems of a suite in child workflows, at most `limits.lanes` at once and never beyond `limits.costUsd`.
 * When its history has become long it continues as new, and its theorems go on meanwhile.
 */
export async function runSuite(raw: RunSuiteInput, before: SuiteProgress = {}): Promise<RunSummary> {
  return guarded(async () => {
    const input = checked(raw, 'runId', 'source', 'plan', 'limits', 'guard');
    const { runId, suite, plan, limits, guard, source, requestUsd } = input;
    const { carried, reopened, historyLimit, lookMs = LOOK_MS } = before;
    const theorems = new Theorems(source, guard);
    const basis = { runId, label: suite, suite, total: theorems.count, plan, limits, guard, requestUsd };
    const state = new RunState(basis, carried, reopened);
    const window = new Window(
      theorems.count,
      carried?.window ?? (reopened && { next: theorems.count, revisit: reopened.turns }),
    );
    const fleet = new Fleet(state, window, theorems, carried?.flights ?? []);
    state.reopen = (opens) => window.raise(opens);
    setHandler(theoremEndedSignal, (report) => fleet.report(report));
    return runToEnd(state, async () => {
      if (input.canary !== undefined && carried === undefined) await sendCanary(state, input.canary.header);
      if (plan.batch !== undefined) state.batches = new Batches(state, plan.batch);
      const isLong = () => state.historyIsLong(historyLimit);
      const fly = () =>
        tuned(
          state,
          () => window.waiting,
          () => fanOut(state, fleet, isLong),
        );
      const end = await reconciling(fleet, lookMs, () => state.batches?.during(fly) ?? fly());
      if (end === 'over') return;
      await condition(() => allHandlersFinished() && fleet.isSettled);
      // A report that has come meanwhile is accounted for; later ones reach the next execution.
      const carry = { ...state.carry(), window: window.carry(), flights: fleet.flights };
      await continueAsNew(input, { ...before, carried: carry });
    });
  });
}

const continueAsNew = makeContinueAsNewFunc<typeof runSuite>();
