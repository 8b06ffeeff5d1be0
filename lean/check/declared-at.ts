import { tokenize } from '../../src/lean-text/lexer.ts';
import type { Position } from '../../src/model/index.ts';
import { declaredParts } from './names.ts';

const DECLARES = new Set(
  'theorem lemma def abbrev instance opaque axiom structure class inductive coinductive'.split(' '),
);

/**
 * Where a file declares the constant that Lean calls `name` (a namespace before it, an auxiliary suffix behind it, as
 * in `Foo.bar._proof_1`); null when no declaration of the text fits.
 */
export function declaredAt(text: string, name: string): Position | null {
  const parts = declaredParts(name);
  const tokens = tokenize(text).filter((token) => token.kind !== 'comment');
  let best: { readonly length: number; readonly pos: Position } | null = null;
  for (const [i, token] of tokens.entries()) {
    const named = tokens[i + 1];
    if (token.kind !== 'word' || !DECLARES.has(token.text) || named?.kind !== 'word') continue;
    const own = declaredParts(named.text);
    if (own.length > (best?.length ?? 0) && holds(parts, own))
      best = { length: own.length, pos: { line: token.line, column: token.column } };
  }
  return best?.pos ?? null;
}

const holds = (parts: readonly string[], own: readonly string[]): boolean =>
  parts.some((_, at) => own.every((part, i) => parts[at + i] === part));
