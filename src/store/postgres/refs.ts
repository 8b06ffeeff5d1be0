/** The texts that a value of JSON names by `sha256`, so that they are kept as long as it; none where it is no JSON. */
export const textsNamedIn = (json: string): readonly string[] => {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      if (key === 'sha256' && typeof inner === 'string') found.add(inner);
      else walk(inner);
  };
  try {
    walk(JSON.parse(json));
  } catch {
    return [];
  }
  return [...found];
};
