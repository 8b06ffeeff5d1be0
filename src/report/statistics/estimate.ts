import { type Bounds, type ConfidenceInterval, intervalOf } from './interval.ts';
import { mean } from './numbers.ts';

/** A mean over theorems of something between 0 and 1. */
export type Estimate = {
  /** Theorems that it is the mean of, and those that say nothing of it. */
  readonly theorems: number;
  readonly without: number;
  /** Null where there is no theorem, or where not enough is known: then it lies between `low` and `high`. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** 95 %, over the theorems. */
  readonly interval: ConfidenceInterval | null;
};

/** The mean of what is known of each theorem; null = nothing. */
export const estimate = (all: readonly (Bounds | null)[]): Estimate => {
  const known = all.filter((one) => one !== null);
  const low = mean(known.map((one) => one.low));
  const high = mean(known.map((one) => one.high));
  return {
    theorems: known.length,
    without: all.length - known.length,
    value: known.every((one) => one.low === one.high) ? low : null,
    low,
    high,
    interval: intervalOf(known),
  };
};

/** A share of things that all are known. */
export const share = (successes: number, n: number): Estimate =>
  estimate(Array.from({ length: n }, (_, i) => (i < successes ? { low: 1, high: 1 } : { low: 0, high: 0 })));

/** 1, 2, 4, … and the largest itself. */
export const powersUpTo = (most: number): readonly number[] => {
  const ks: number[] = [];
  for (let k = 1; k < most; k *= 2) ks.push(k);
  return most < 1 ? [] : [...ks, most];
};
