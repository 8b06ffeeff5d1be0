import jstat from 'jstat';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { quantileOfSorted } from './numbers.ts';

export const CONFIDENCE = 0.95;
const RESAMPLES = 2000;
const SEED = 20_261_130;

export type Bounds = { readonly low: number; readonly high: number };
export type IntervalMethod = 'wilson' | 'bootstrap';
export type ConfidenceInterval = Bounds & { readonly method: IntervalMethod };

/** Of a share (Wilson's score interval): holds its level also for few theorems and near 0 and 1. */
export const wilson = (successes: number, n: number): Bounds => {
  const z = jstat.normal.inv(1 - (1 - CONFIDENCE) / 2, 0, 1);
  const p = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.min(p, Math.max(0, centre - half)), high: Math.max(p, Math.min(1, centre + half)) };
};

/**
 * The percentile bootstrap of a mean over theorems: theorems are drawn again, not samples, because it is other theorems
 * that a reader wants to conclude to. The seed is fixed, so the same records give the same interval.
 */
export const bootstrapMean = (values: readonly number[], seed = SEED): Bounds => {
  const n = values.length;
  const random = xoroshiro128plus(seed);
  const means = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i += 1) {
    let total = 0;
    for (let j = 0; j < n; j += 1) total += values[uniformInt(random, 0, n - 1)]!;
    means[i] = total / n;
  }
  means.sort();
  const tail = (1 - CONFIDENCE) / 2;
  return { low: quantileOfSorted(means, tail), high: quantileOfSorted(means, 1 - tail) };
};

/**
 * Of a mean of values between 0 and 1 that are only known to lie within bounds: Wilson's interval where each is 0 or 1
 * and so a share, else the bootstrap, from the lower end of the lower bounds to the upper end of the upper ones.
 */
export const intervalOf = (values: readonly Bounds[]): ConfidenceInterval | null => {
  if (values.length === 0) return null;
  const isShare = values.every(({ low, high }) => low === high && (low === 0 || low === 1));
  if (isShare)
    return { ...wilson(values.filter(({ low }) => low === 1).length, values.length), method: 'wilson' };
  return {
    low: bootstrapMean(values.map(({ low }) => low)).low,
    high: bootstrapMean(values.map(({ high }) => high)).high,
    method: 'bootstrap',
  };
};
