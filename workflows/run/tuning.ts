import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { mainCalls } from '../calls.ts';
import type { RunState } from './state.ts';

/** Milliseconds between two looks: after a change, and the longest. Each costs some events of the history. */
const SOON_MS = 5_000;
const LATE_MS = 30_000;

/**
 * Tunes the lanes of a run while `body` works, where its limits say so (`autoLanes`). `left`: theorems that have not
 * begun. What decides is an activity; what it remembers goes on with the run's state.
 */
export const tuned = async <T>(state: RunState, left: () => number, body: () => Promise<T>): Promise<T> => {
  const scope = new CancellationScope();
  const tuning = scope.run(() => tune(state, left));
  tuning.catch(() => {});
  try {
    return await body();
  } finally {
    scope.cancel();
    await CancellationScope.nonCancellable(() => tuning.catch(() => {}));
  }
};

const tune = async (state: RunState, left: () => number): Promise<void> => {
  const { provers } = state.basis.plan;
  const leanFirst = provers.includes('local');
  const models = provers.length - (leanFirst ? 1 : 0);
  const isTuned = () => (state.limits.autoLanes ?? null) !== null;
  for (let wait = SOON_MS; ; ) {
    // No timer where there is nothing to tune: a run with a fixed number has no event more than before.
    await condition(() => isTuned() && !state.paused && left() > 0);
    const { lanes, autoLanes: most } = state.limits;
    const advice = await mainCalls.adviseLanes.executeWithOptions({ summary: `${lanes} lanes` }, [
      {
        ...{ runId: state.basis.runId, lanes, most: most ?? lanes, models, leanFirst, left: left() },
        inFlight: state.inFlight.size,
        state: state.tuning,
      },
    ]);
    // An update may have said otherwise meanwhile.
    if (state.limits.lanes === lanes && isTuned()) {
      state.tuning = advice.state;
      state.limits = { ...state.limits, lanes: advice.lanes };
    }
    wait = advice.lanes === lanes ? Math.min(LATE_MS, wait * 1.5) : SOON_MS;
    await sleep(wait);
  }
};
