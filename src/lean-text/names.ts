/** Lean names as written: parts between dots, where guillemets hold a part together. */

/** `a.«b.c».d` -> `['a', 'b.c', 'd']`. */
export function nameParts(name: string): string[] {
  return [...name.matchAll(/«([^»]*)»|([^.«»]+)/gu)].map((m) => m[1] ?? m[2] ?? '');
}

const PLAIN_PART = /^[^\s.«»()[\]{}"`,;:=#@]+$/u;

const quoted = (part: string): string => (PLAIN_PART.test(part) ? part : `«${part}»`);

/** The same name with guillemets only where a part needs them, so that two spellings compare equal. */
export const plainName = (name: string): string => nameParts(name).map(quoted).join('.');

/** `A.b` inside `namespace N` is `N.A.b`; `_root_.c` is `c` wherever it stands. */
export function fullName(namespace: readonly string[], name: string): string {
  const parts = nameParts(name);
  const all = parts[0] === '_root_' ? parts.slice(1) : [...namespace, ...parts];
  return all.map(quoted).join('.');
}
