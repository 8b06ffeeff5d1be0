export type Bin = { readonly from: number; readonly to: number };

/** Bins of equal width on a logarithmic scale, over all values; at most `most`. */
export const logBins = (values: readonly number[], most: number): readonly Bin[] => {
  const positive = values.map((v) => Math.max(1, v));
  if (positive.length === 0) return [];
  const low = positive.reduce((a, b) => Math.min(a, b));
  const high = positive.reduce((a, b) => Math.max(a, b));
  if (high <= low * 1.01) return [{ from: low, to: high }];
  const count = Math.min(most, Math.max(4, Math.ceil(Math.sqrt(values.length)) + 2));
  const step = Math.log(high / low) / count;
  return Array.from({ length: count }, (_, i) => ({
    from: low * Math.exp(i * step),
    to: low * Math.exp((i + 1) * step),
  }));
};

/** The bin of a value; those beyond the ends lie in the first and the last. */
export const binOf = (bins: readonly Bin[], value: number): number => {
  const found = bins.findIndex(({ to }) => value < to);
  return found < 0 ? bins.length - 1 : found;
};
