/** Character classes of Lean 4's lexer, by code point. Source: `Init/Meta/Defs.lean` (isLetterLike and neighbours). */

const within = (c: number, from: number, to: number): boolean => c >= from && c <= to;

export const isDigit = (c: number): boolean => within(c, 0x30, 0x39);
const isAlpha = (c: number): boolean => within(c, 0x41, 0x5a) || within(c, 0x61, 0x7a);
export const isHexDigit = (c: number): boolean =>
  isDigit(c) || within(c, 0x41, 0x46) || within(c, 0x61, 0x66);

/** Greek without λ Π Σ, Coptic, polytonic Greek, letter-like block, mathematical letters, Latin-1 and Latin Extended-A. */
const isLetterLike = (c: number): boolean =>
  (within(c, 0x3b1, 0x3c9) && c !== 0x3bb) ||
  (within(c, 0x391, 0x3a9) && c !== 0x3a0 && c !== 0x3a3) ||
  within(c, 0x3ca, 0x3fb) ||
  within(c, 0x1f00, 0x1ffe) ||
  within(c, 0x2100, 0x214f) ||
  within(c, 0x1d49c, 0x1d59f) ||
  (within(c, 0xc0, 0xff) && c !== 0xd7 && c !== 0xf7) ||
  within(c, 0x100, 0x17f);

const isSubscript = (c: number): boolean =>
  within(c, 0x2080, 0x2089) || within(c, 0x2090, 0x209c) || within(c, 0x1d62, 0x1d6a) || c === 0x2c7c;

export const isIdFirst = (c: number): boolean => isAlpha(c) || c === 0x5f || isLetterLike(c);

/** `'`, `!` and `?` belong to identifiers: `x!=y` is `x!` `=` `y`, as in Lean. */
export const isIdRest = (c: number): boolean =>
  isIdFirst(c) || isDigit(c) || c === 0x27 || c === 0x21 || c === 0x3f || isSubscript(c);

/** Tabs and lone carriage returns are errors in Lean, but they separate tokens all the same. */
export const isSpace = (c: number): boolean => c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;

/** Code units that the character at `i` takes. */
export const width = (c: number): number => (c > 0xffff ? 2 : 1);
