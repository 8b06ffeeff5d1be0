import jstat from 'jstat';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Interval } from '../model/index.ts';

/** Numbers in (0, 1), the same ones for the same seed. */
export const uniforms = (seed: number): (() => number) => {
  const generator = xoroshiro128plus(seed);
  return () => Math.min(1 - 1e-12, Math.max(1e-12, uniformFloat64(generator)));
};

/** Quantiles of the normal distribution in steps of a thousandth: a forecast draws a million of them. */
const NORMAL = Array.from({ length: 1_000 }, (_, i) => jstat.normal.inv((i + 0.5) / 1_000, 0, 1));

/** A tenth of a normal distribution lies beyond so many standard deviations. */
const TENTH = jstat.normal.inv(0.9, 0, 1);
/** The mean of two half normals lies so many differences of their widths above the point where they meet. */
const SKEW = 1 / Math.sqrt(2 * Math.PI) / TENTH;

/**
 * Draws from the split normal distribution that has the interval's mean and its bounds as first and last tenth, cut off
 * at 0; `u` is a number in (0, 1).
 */
export const drawFrom = ({ mean, low, high }: Interval, u: number): number => {
  if (low === high) return mean;
  const meets = (mean - SKEW * (low + high)) / (1 - 2 * SKEW);
  const mid = Math.min(high, Math.max(low, meets));
  const width = (u < 0.5 ? mid - low : high - mid) / TENTH;
  return Math.max(0, mid + width * (NORMAL[Math.floor(u * NORMAL.length)] ?? 0));
};

/** The bounds between which 80 of 100 of the values lie, around a mean that is known. */
export const intervalOf = (mean: number, values: readonly number[]): Interval => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? mean;
  return { mean, low: Math.min(mean, at(0.1)), high: Math.max(mean, at(0.9)) };
};
