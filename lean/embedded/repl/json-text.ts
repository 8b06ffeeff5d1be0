/** JSON on one line with the keys of every object in the order of Lean's printer: from the last in the alphabet to the first. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? 1 : -1)))
      : inner,
  );
