import { parseHeader } from '../../../src/lean-text/imports.ts';
import { type Token, tokenize } from '../../../src/lean-text/lexer.ts';

const isCode = ({ kind }: Token) => kind !== 'comment';
/** A comment that the text ends in; Lean says so where it is read as a command. */
const isOpen = (comment: string) =>
  comment.startsWith('/-') && (comment.length < 4 || !comment.endsWith('-/'));

/**
 * Where the first command of a file begins. Lean's parser of headers skips blanks and comments behind one; its parser
 * of commands finds no command where a text ends with them.
 */
export function bodyStart(text: string): number {
  const { end } = parseHeader(text);
  const body = text.slice(end);
  const tokens = tokenize(body, { until: isCode });
  const first = tokens.find((token) => isCode(token) || isOpen(body.slice(token.start, token.end)));
  return first === undefined ? text.length : end + first.start;
}
