import { isDigit, isHexDigit, isIdFirst, isIdRest, width } from './chars.ts';

/** Each function gets the offset of the literal's first character and gives the offset behind its end, or -1. */

/** End of the block comment (doc comment, module doc) that opens at `i`; comments nest. */
export function blockCommentEnd(text: string, i: number): number {
  let depth = 1;
  let at = i + 2;
  // Behind `/--` and `/-!` Lean starts after the third character, so `/--/` is not closed.
  if (text[at] === '-' || text[at] === '!') at += 1;
  for (; at < text.length; at += 1) {
    if (text[at] === '-' && text[at + 1] === '/') {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    } else if (text[at] === '/' && text[at + 1] === '-') {
      depth += 1;
      at += 1;
    }
  }
  return -1;
}

/** A plain string; `\` takes the next character with it, which covers escapes and gaps. */
export function stringEnd(text: string, i: number): number {
  for (let at = i + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** A piece of an interpolated string: from `"` or `}` up to and with the next `"` or `{`. */
export function interpolationPieceEnd(text: string, i: number): number {
  for (let at = i + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"' || text[at] === '{') return at + 1;
  }
  return -1;
}

/** Whether the `r` at `i` begins a raw string `r"…"`, `r#"…"#`, … */
export const isRawString = (text: string, i: number): boolean => text[rawQuote(text, i)] === '"';

function rawQuote(text: string, i: number): number {
  let at = i + 1;
  while (text[at] === '#') at += 1;
  return at;
}

/** Of a raw string that starts here. */
export function rawStringEnd(text: string, i: number): number {
  const at = rawQuote(text, i);
  const close = `"${'#'.repeat(at - i - 1)}`;
  const end = text.indexOf(close, at + 1);
  return end < 0 ? -1 : end + close.length;
}

const SIMPLE_ESCAPES = new Set(['\\', '"', "'", 'r', 'n', 't']);

/** A character literal `'a'`, `'\n'`, `'\x41'`, `'\u2200'`; `''` and a lone prime are none. */
export function charEnd(text: string, i: number): number {
  const c = text.codePointAt(i + 1);
  if (c === undefined || text[i + 1] === "'") return -1;
  let at = i + 1 + width(c);
  if (text[i + 1] === '\\') {
    const mark = text[at] ?? '';
    const digits = mark === 'x' ? 2 : mark === 'u' ? 4 : 0;
    if (digits === 0 && !SIMPLE_ESCAPES.has(mark)) return -1;
    at += 1;
    for (let k = 0; k < digits; k += 1, at += 1) if (!isHexDigit(text.charCodeAt(at))) return -1;
  }
  return text[at] === "'" ? at + 1 : -1;
}

const RADIX_DIGITS: Readonly<Record<string, RegExp>> = {
  b: /[01_]/,
  o: /[0-7_]/,
  x: /[0-9a-fA-F_]/,
};

/** A numeral, also hexadecimal, octal, binary and scientific. Never -1: the first character is a digit. */
export function numberEnd(text: string, i: number): number {
  const digits = (from: number): number => {
    let at = from;
    while (isDigit(text.charCodeAt(at)) || text[at] === '_') at += 1;
    return at;
  };
  const radix = text[i] === '0' ? RADIX_DIGITS[(text[i + 1] ?? '').toLowerCase()] : undefined;
  if (radix?.test(text[i + 2] ?? '')) {
    let at = i + 2;
    while (radix.test(text[at] ?? '')) at += 1;
    return at;
  }
  let at = digits(i);
  if (text[at] === '.' && isDigit(text.charCodeAt(at + 1))) at = digits(at + 1);
  if (text[at] === 'e' || text[at] === 'E') {
    const sign = text[at + 1] === '-' || text[at + 1] === '+' ? 1 : 0;
    if (isDigit(text.charCodeAt(at + 1 + sign))) at = digits(at + 1 + sign);
  }
  return at;
}

/** An identifier with its dots: `Nat.succ_le`, `«odd name».x₁'`; -1 when none starts here or guillemets stay open. */
export function identifierEnd(text: string, i: number): number {
  let at = i;
  for (;;) {
    const c = text.codePointAt(at);
    if (c === undefined) return -1;
    if (text[at] === '«') {
      const close = text.indexOf('»', at + 1);
      if (close < 0) return at > i ? at - 1 : -1;
      at = close + 1;
    } else if (isIdFirst(c)) {
      at += width(c);
      for (let d = text.codePointAt(at); d !== undefined && isIdRest(d); d = text.codePointAt(at)) {
        at += width(d);
      }
    } else return at > i ? at - 1 : -1;
    if (text[at] !== '.') return at;
    const next = text.codePointAt(at + 1);
    if (next === undefined || !(isIdFirst(next) || text[at + 1] === '«')) return at;
    at += 1;
  }
}
