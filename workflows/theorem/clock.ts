import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { timeLeftOf } from './budget.ts';
import type { TheoremState } from './state.ts';

/** Time was up: the theorem's own, or that of its run. */
export type TimeUp = { readonly kind: 'timeUp'; readonly scope: 'theorem' | 'run' };

/**
 * Runs `body` under the wall-clock limits, which messages may change while it runs. When time is up `body`
 * is cancelled, awaited, and the answer is `timeUp`. Other cancellations and faults pass through.
 */
export const withinTime = async <T>(state: TheoremState, body: () => Promise<T>): Promise<T | TimeUp> => {
  const work = new CancellationScope();
  const watch = new CancellationScope();
  let up: TimeUp | null = null;
  const watching = watch.run(async () => {
    for (;;) {
      const { wallMs } = state.budget;
      const { runDeadline } = state;
      const changed = () => state.budget.wallMs !== wallMs || state.runDeadline !== runDeadline;
      const { left, scope } = timeLeftOf(state.budget, state.startedAt, runDeadline, Date.now());
      if (left === null) await condition(changed);
      else if (left === 0 || !(await condition(changed, left))) {
        up = { kind: 'timeUp', scope };
        break;
      }
    }
    work.cancel();
  });
  watching.catch(() => {});
  try {
    return await work.run(body);
  } catch (error) {
    if (up !== null && isCancellation(error)) return up;
    throw error;
  } finally {
    watch.cancel();
  }
};
