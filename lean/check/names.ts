/** Components of a name as it is written in Lean text: guillemets hold one component, dots and all. */
export const nameParts = (text: string): string[] =>
  [...text.replace(/^`+/, '').matchAll(/«([^»]*)»|([^.«»]+)/gu)].map((m) => m[1] ?? m[2] ?? '');

/** The same without `_root_`, which only says where the others begin. */
export const declaredParts = (text: string): string[] => {
  const parts = nameParts(text);
  return parts[0] === '_root_' ? parts.slice(1) : parts;
};
