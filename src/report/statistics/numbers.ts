export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Null where there is nothing to take the mean of. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sum(values) / values.length;

/** With linear interpolation between the two nearest values. Null where there are none. */
export const quantile = (values: readonly number[], p: number): number | null =>
  values.length === 0
    ? null
    : quantileOfSorted(
        values.toSorted((a, b) => a - b),
        p,
      );

export const quantileOfSorted = (sorted: ArrayLike<number>, p: number): number => {
  const at = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
};

/** Unknown prices stay unknown in a sum. */
export const sumKnown = (values: readonly (number | null)[]): number | null =>
  values.some((v) => v === null) ? null : sum(values as readonly number[]);
