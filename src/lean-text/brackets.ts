import type { Token } from './lexer.ts';

const OPENING = /[([{⟨⦃⟦]$/u;
const CLOSING = /^[)\]}⟩⦄⟧]/u;

/** What a token does to the bracket depth; `@[`, `#[` and `.{` open as well. */
export function nesting(token: Token): -1 | 0 | 1 {
  if (token.kind !== 'symbol') return 0;
  if (CLOSING.test(token.text)) return -1;
  return OPENING.test(token.text) ? 1 : 0;
}
