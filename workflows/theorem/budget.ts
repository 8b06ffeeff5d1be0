import type { Budget } from '../../src/model/index.ts';

/** Samples that may still be begun, null = no limit. */
export const samplesLeft = (budget: Budget, begun: number): number | null => {
  const { maxSamples = null } = budget;
  return maxSamples === null ? null : Math.max(0, maxSamples - begun);
};

/** Milliseconds left of the wall budget at `now`, null = no limit. */
export const timeLeft = (budget: Budget, startedAt: number, now: number): number | null =>
  budget.wallMs === null ? null : Math.max(0, startedAt + budget.wallMs - now);

/** The same with the time of the run beside it, and whose is the shorter. */
export const timeLeftOf = (
  budget: Budget,
  startedAt: number,
  runDeadline: number | null,
  now: number,
): { readonly left: number | null; readonly scope: 'theorem' | 'run' } => {
  const own = timeLeft(budget, startedAt, now);
  const ofRun = runDeadline === null ? null : Math.max(0, runDeadline - now);
  if (ofRun !== null && (own === null || ofRun < own)) return { left: ofRun, scope: 'run' };
  return { left: own, scope: 'theorem' };
};
