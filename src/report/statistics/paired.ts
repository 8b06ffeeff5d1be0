import jstat from 'jstat';
import { type Bounds, bootstrapMean } from './interval.ts';
import { mean } from './numbers.ts';

/**
 * McNemar's exact test on pairs that came out differently: the chance of a split at least this uneven if each pair were as
 * likely to change for the better as for the worse (two-sided binomial). Null where none came out differently.
 */
export const mcNemar = (better: number, worse: number): number | null => {
  const n = better + worse;
  if (n === 0) return null;
  // P(X <= k) of a binomial is a beta integral, which keeps its accuracy far out in the tail.
  const k = Math.min(better, worse);
  return Math.min(1, 2 * jstat.beta.cdf(0.5, n - k, k + 1));
};

export type MeanDifference = { readonly pairs: number; readonly mean: number; readonly interval: Bounds };

/** Mean of what each pair differs by, with the 95 % bootstrap interval over pairs. Null for fewer than two pairs. */
export const meanDifference = (differences: readonly number[]): MeanDifference | null =>
  differences.length < 2
    ? null
    : { pairs: differences.length, mean: mean(differences)!, interval: bootstrapMean(differences) };

export type Ratio = { readonly pairs: number; readonly ratio: number; readonly interval: Bounds };

/** Geometric mean of b over a, with its interval: times differ by factors, not by milliseconds. Null for fewer than two pairs. */
export const meanRatio = (pairs: readonly (readonly [a: number, b: number])[]): Ratio | null => {
  const logs = meanDifference(pairs.map(([a, b]) => Math.log(Math.max(1, b) / Math.max(1, a))));
  if (logs === null) return null;
  const { low, high } = logs.interval;
  return {
    pairs: logs.pairs,
    ratio: Math.exp(logs.mean),
    interval: { low: Math.exp(low), high: Math.exp(high) },
  };
};
