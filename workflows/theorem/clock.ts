import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { timeLeft } from './budget.ts';
import type { TheoremState } from './state.ts';

/**
 * Runs `body` under the wall-clock budget, which an update may change while it runs. When time is up `body`
 * is cancelled, awaited, and the answer is 'time'. Other cancellations and faults pass through.
 */
export const withinTime = async <T>(state: TheoremState, body: () => Promise<T>): Promise<T | 'time'> => {
  const work = new CancellationScope();
  const watch = new CancellationScope();
  let timeIsUp = false;
  const watching = watch.run(async () => {
    for (;;) {
      const { wallMs } = state.budget;
      const changed = () => state.budget.wallMs !== wallMs;
      const left = timeLeft(state.budget, state.startedAt, Date.now());
      if (left === null) await condition(changed);
      else if (left === 0 || !(await condition(changed, left))) break;
    }
    timeIsUp = true;
    work.cancel();
  });
  watching.catch(() => {});
  try {
    return await work.run(body);
  } catch (error) {
    if (timeIsUp && isCancellation(error)) return 'time';
    throw error;
  } finally {
    watch.cancel();
  }
};
