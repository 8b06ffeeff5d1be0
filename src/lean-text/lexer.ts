import { isDigit, isIdFirst, isSpace, width } from './chars.ts';
import {
  blockCommentEnd,
  charEnd,
  identifierEnd,
  interpolationPieceEnd,
  isRawString,
  numberEnd,
  rawStringEnd,
  stringEnd,
} from './literals.ts';
import { symbolLength } from './symbols.ts';

/**
 * `word`: identifier or keyword, dots and guillemets included (`Nat.succ`, `theorem`, `«theorem»`).
 * `hash`: `#` with the letters behind it (`#eval`; in `#evalx` Lean sees `#eval` and `x`).
 * `interpolation`: a piece of an interpolated string, from `"` or `}` to `{` or `"`; the code between is tokens.
 * `name`: a quoted name such as `` `Nat.add ``. `comment`, `doc` (`/-- -/`), `moduleDoc` (`/-! -/`).
 * `error`: the opening mark of something that is never closed; what follows is lexed as code.
 */
export type TokenKind =
  | 'word'
  | 'hash'
  | 'number'
  | 'string'
  | 'interpolation'
  | 'char'
  | 'name'
  | 'symbol'
  | 'comment'
  | 'doc'
  | 'moduleDoc'
  | 'error';

export type Token = {
  readonly kind: TokenKind;
  readonly text: string;
  /** UTF-16 offsets; `text` is the slice between them. Between tokens there is white space only. */
  readonly start: number;
  readonly end: number;
  /** 1-based line and 0-based column in code points of `start`, as Lean prints positions. */
  readonly line: number;
  readonly column: number;
};

export type LexOptions = {
  /**
   * False: a string behind `s!` and the like is one plain string. Lean skips over text that way after a
   * parse error, so whoever looks for forbidden words has to look at both readings.
   */
  readonly interpolation?: boolean;
  /** Ends the work behind the token for which it answers true; the rest of the text is not looked at. */
  readonly until?: (token: Token) => boolean;
};

/** Words behind which Lean's grammar expects an interpolated string. */
const INTERPOLATING = new Set(
  's! m! f! panic! println! dbg_trace throwError logInfo logWarning logError'.split(' '),
);

/** After so many unclosed openers no more closers are looked for, which keeps hostile input linear. */
const MAX_UNCLOSED = 200;

/**
 * Cuts Lean 4 text into tokens, as Lean's own lexer does with the token table of Init; user notation with
 * symbols of its own comes out as several symbols. Total and lossless: it never throws, and the tokens with
 * the white space between them are the text.
 */
export function tokenize(text: string, options: LexOptions = {}): Token[] {
  const tokens: Token[] = [];
  /** Open interpolations, innermost last: how many braces are open inside each. */
  const braces: number[] = [];
  let unclosed = 0;
  let line = 1;
  let column = 0;
  let counted = 0;

  const push = (kind: TokenKind, start: number, end: number): number => {
    for (; counted < start; counted += width(text.codePointAt(counted) ?? 0)) {
      if (text[counted] === '\n') {
        line += 1;
        column = 0;
      } else column += 1;
    }
    tokens.push({ kind, text: text.slice(start, end), start, end, line, column });
    return end;
  };
  /** Pushes what ends at `end`, or opens the text up as code where there is no end. */
  const closed = (kind: TokenKind, start: number, findEnd: (text: string, i: number) => number): number => {
    const end = unclosed < MAX_UNCLOSED ? findEnd(text, start) : -1;
    if (end > 0) return push(kind, start, end);
    unclosed += 1;
    // The whole mark of a comment, lest `--` in it begin another one.
    const mark = kind === 'comment' ? 2 : kind === 'doc' || kind === 'moduleDoc' ? 3 : 1;
    return push('error', start, start + mark);
  };
  /** A piece that ends in `{` opens an interpolation. */
  const piece = (start: number): number => {
    const end = closed('interpolation', start, interpolationPieceEnd);
    if (tokens.at(-1)?.kind === 'interpolation' && text[end - 1] === '{') braces.push(0);
    return end;
  };

  let seen = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const last = tokens.at(-1);
    if (last !== undefined && tokens.length > seen && options.until?.(last)) break;
    seen = tokens.length;
    const c = text.codePointAt(at) ?? 0;
    const ch = text[at];
    const next = text[at + 1];
    if (isSpace(c)) at += 1;
    else if (ch === '-' && next === '-') at = push('comment', at, lineEnd(text, at));
    else if (ch === '/' && next === '-') {
      const third = text[at + 2];
      at = closed(third === '-' ? 'doc' : third === '!' ? 'moduleDoc' : 'comment', at, blockCommentEnd);
    } else if (ch === '"') {
      const before = tokens.at(-1);
      const interpolated =
        options.interpolation !== false && before?.kind === 'word' && INTERPOLATING.has(before.text);
      at = interpolated ? piece(at) : closed('string', at, stringEnd);
    } else if (ch === "'" && charEnd(text, at) > 0) at = push('char', at, charEnd(text, at));
    else if (isDigit(c)) at = push('number', at, numberEnd(text, at));
    else if (ch === '`' && identifierEnd(text, at + 1) > 0)
      at = push('name', at, identifierEnd(text, at + 1));
    else if (ch === 'r' && isRawString(text, at)) at = closed('string', at, rawStringEnd);
    else if (ch === '«' || isIdFirst(c)) at = closed('word', at, identifierEnd);
    else if (ch === '#' && isIdFirst(text.codePointAt(at + 1) ?? 0)) {
      at = push('hash', at, identifierEnd(text, at + 1));
    } else if (ch === '}' && braces.at(-1) === 0) {
      braces.pop();
      at = piece(at);
    } else {
      const end = at + symbolLength(text, at);
      const depth = braces.at(-1);
      if (depth !== undefined && text[end - 1] === '{') braces[braces.length - 1] = depth + 1;
      if (depth !== undefined && ch === '}') braces[braces.length - 1] = depth - 1;
      at = push('symbol', at, end);
    }
  }
  return tokens;
}

/** Where the line comment at `i` ends: before the line end, CRLF included. */
function lineEnd(text: string, i: number): number {
  const newline = text.indexOf('\n', i);
  const end = newline < 0 ? text.length : newline;
  return newline > i && text[end - 1] === '\r' ? end - 1 : end;
}
