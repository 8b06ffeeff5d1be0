import type { Token } from '../../lean-text/lexer.ts';

/** Tokens that mean something to Lean's parser: no comments. A doc comment belongs to a declaration, so it stays. */
export const significant = (tokens: readonly Token[]): Token[] =>
  tokens.filter((t) => t.kind !== 'comment' && t.kind !== 'moduleDoc');

export const OPENERS: ReadonlySet<string> = new Set([
  '(',
  '[',
  '{',
  '⟨',
  '⦃',
  '@[',
  '#[',
  '#v[',
  '‹',
  '⟪',
  '⌊',
  '⌈',
]);
export const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', '⟩', '⦄', '›', '⟫', '⌋', '⌉']);

/** Bracket depth in front of each token. */
export function depths(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map((t) => {
    if (t.kind !== 'symbol') return depth;
    if (CLOSERS.has(t.text)) depth = Math.max(0, depth - 1);
    const here = depth;
    if (OPENERS.has(t.text)) depth += 1;
    return here;
  });
}

/** The text without the indentation that all its lines share. */
export function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((l) => l.trim() !== '').map((l) => /^ */.exec(l)![0].length);
  const least = indents.length === 0 ? 0 : Math.min(...indents);
  return least === 0 ? text : lines.map((l) => l.slice(Math.min(least, /^ */.exec(l)![0].length))).join('\n');
}
