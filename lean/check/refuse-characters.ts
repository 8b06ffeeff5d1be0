import type { Token } from '../../src/lean-text/lexer.ts';
import type { Refusal } from './refuse.ts';

/** Control characters other than tab and line ends; NUL would cut the text short on its way into Lean. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
/** They make a text look other than it is (Unicode bidirectional algorithm, UAX 9). */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Of no width: welcome in comments and strings (emoji), a disguise elsewhere. */
const ZERO_WIDTH = /[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

const TEXT: ReadonlySet<Token['kind']> = new Set([
  'comment',
  'doc',
  'moduleDoc',
  'string',
  'interpolation',
  'char',
]);

/** The first character that nobody can see, or that no UTF-8 text holds. */
export function refusedCharacter(text: string, tokens: readonly Token[]): Refusal | null {
  const everywhere: readonly [RegExp, string][] = [
    [CONTROL, 'is a control character'],
    [BIDI, 'changes the direction of the text, so that it looks other than it is'],
    [LONE_SURROGATE, 'is half of a character'],
  ];
  for (const [pattern, reason] of everywhere) {
    const at = text.search(pattern);
    if (at >= 0) return refusal(text, at, reason);
  }
  // Byte order mark or zero-width character outside of every token that is plain text.
  let from = 0;
  for (const token of [...tokens, null]) {
    const end = token === null ? text.length : TEXT.has(token.kind) ? token.start : token.end;
    const at = text.slice(from, end).search(ZERO_WIDTH);
    if (at >= 0) return refusal(text, from + at, 'is a character that nobody can see');
    from = token?.end ?? end;
  }
  return null;
}

function refusal(text: string, at: number, reason: string): Refusal {
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const lines = text.slice(0, at).split('\n');
  return { token: `U+${code}`, line: lines.length, column: [...(lines.at(-1) ?? '')].length, reason };
}
