import { tokensOf } from './goal-view.ts';

const OPEN: ReadonlySet<string> = new Set(['(', '[', '⟨', '{', '#[']);
const CLOSE: ReadonlySet<string> = new Set([')', ']', '⟩', '}']);
const ATOM = /^[\p{L}\p{N}_«"'][^\s]*$/u;
/** Words that end an application. */
const STOPS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'else',
  'match',
  'with',
  'fun',
  'let',
  'have',
  'at',
  'in',
]);

/** End of the argument that begins at `i`, or `i` itself where none does. */
function argumentEnd(tokens: readonly string[], i: number): number {
  const first = tokens[i];
  if (first === undefined) return i;
  if (!OPEN.has(first)) return ATOM.test(first) && !STOPS.has(first) ? i + 1 : i;
  let depth = 0;
  for (let j = i; j < tokens.length; j += 1) {
    if (OPEN.has(tokens[j]!)) depth += 1;
    if (CLOSE.has(tokens[j]!)) depth -= 1;
    if (depth === 0) return j + 1;
  }
  return i;
}

export type Application = { readonly head: string; readonly args: readonly string[] };

export const joined = (tokens: readonly string[]): string =>
  tokens
    .join(' ')
    .replace(/([([⟨{]) /g, '$1')
    .replace(/ ([)\]⟩},])/g, '$1');

/** All applications `f a (b c)` in a printed term, inner ones too, each once. */
export function applications(text: string): Application[] {
  const tokens = tokensOf(text);
  const found = new Map<string, Application>();
  tokens.forEach((head, i) => {
    if (!/^[\p{L}_«]/u.test(head) || STOPS.has(head)) return;
    const before = tokens[i - 1];
    // An argument itself, not a head; brackets and operators come before heads.
    if (before !== undefined && ATOM.test(before) && !STOPS.has(before)) return;
    if (before !== undefined && CLOSE.has(before)) return;
    const args: string[] = [];
    let at = i + 1;
    for (let end = argumentEnd(tokens, at); end > at; end = argumentEnd(tokens, at)) {
      args.push(joined(tokens.slice(at, end)));
      at = end;
    }
    if (args.length > 0) found.set([head, ...args].join(' '), { head, args });
  });
  return [...found.values()];
}

/** Splits at the one top-level relation; null when there is none. */
export function equation(text: string): { readonly left: string; readonly right: string } | null {
  const tokens = tokensOf(text);
  let depth = 0;
  const at = tokens.findIndex((t) => {
    if (OPEN.has(t)) depth += 1;
    if (CLOSE.has(t)) depth -= 1;
    return depth === 0 && t === '=';
  });
  if (at < 0 || /^(∀|∃|¬|fun)$/.test(tokens[0]!)) return null;
  if (tokens.some((t) => /^(→|∧|∨|↔)$/.test(t))) return null;
  return { left: joined(tokens.slice(0, at)), right: joined(tokens.slice(at + 1)) };
}

/** Tokens at bracket depth 0. */
export function topLevel(text: string): string[] {
  let depth = 0;
  return tokensOf(text).filter((t) => {
    if (CLOSE.has(t)) depth -= 1;
    const here = depth === 0;
    if (OPEN.has(t)) depth += 1;
    return here;
  });
}
