import type { Bounds } from './interval.ts';

/** The samples of one theorem that were planned before any of them was looked at. */
export type Samples = {
  readonly planned: number;
  /** Those that came to a judgement. */
  readonly scored: number;
  readonly accepted: number;
};

/**
 * The unbiased estimate of the chance that at least one of k samples is right, from n of which c are: 1 - C(n-c, k) /
 * C(n, k) (Chen et al., Evaluating Large Language Models Trained on Code, 2021, section 2.1), as a product that does not
 * overflow. Null where fewer than k were scored.
 */
export const passAtK = (n: number, c: number, k: number): number | null => {
  if (n < k) return null;
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i += 1) allWrong *= 1 - k / i;
  return 1 - allWrong;
};

/**
 * What is known of one theorem's pass@k. The first accepted proof ends the other samples, so that the scored ones are no
 * random draw: to put their number for n would overrate the model. They count as missing instead: `low` is with all of
 * them refused, `high` with all accepted; with k = planned both are 1. Samples that are missing though none was accepted
 * had an error, which says nothing of the theorem: where k or more are left the estimate is made from those, else it is
 * undefined and the bounds are as before, for to leave such theorems out would favour those that are solved. Null where
 * fewer than k were planned.
 */
export const passBounds = ({ planned, scored, accepted }: Samples, k: number): Bounds | null => {
  const missing = Math.max(0, planned - scored);
  const known = accepted === 0 && scored >= k ? passAtK(scored, accepted, k) : null;
  if (known !== null) return { low: known, high: known };
  const low = passAtK(scored + missing, accepted, k);
  const high = passAtK(scored + missing, accepted + missing, k);
  return low === null || high === null ? null : { low, high };
};
