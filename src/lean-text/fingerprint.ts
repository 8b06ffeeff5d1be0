import type { Submission } from '../model/submission.ts';
import { tokenize } from './lexer.ts';

/**
 * A text that is the same for two proofs that Lean cannot tell apart: comments are left out, and of the white space there
 * remains whether there is some, where lines break, and, because Lean's layout compares columns, the order of the columns
 * (not the columns). So another indentation of the whole is no difference, another indentation of one line is.
 */
export const normalised = (text: string): string => {
  const tokens = tokenize(text).filter((t) => t.kind !== 'comment');
  const first = tokens[0];
  const oneLine = tokens.every((t) => t.line === first?.line && !t.text.includes('\n'));
  const columns = oneLine ? [] : [...new Set(tokens.map((t) => t.column))].sort((a, b) => a - b);
  const rank = new Map(columns.map((column, i) => [column, i]));
  let end = first?.start ?? 0;
  let line = first?.line ?? 1;
  return tokens
    .map((t) => {
      const mark = t.line !== line ? '\n' : t.start !== end ? ' ' : '';
      line = t.line + (t.text.split('\n').length - 1);
      end = t.end;
      return `${mark}${oneLine || mark === '' ? '' : `${rank.get(t.column)}:`}${t.text}`;
    })
    .join('');
};

/** Two 53-bit hashes of the normalised proof, in base 36: enough to tell the proofs of one theorem apart. */
export const fingerprintOf = ({ form, text }: Submission): string => {
  const whole = `${form}:${normalised(text)}`;
  return `${hash53(whole, 0x9e3779b1).toString(36)}.${hash53(whole, 0x85ebca77).toString(36)}`;
};

/** Two multiplicative 32-bit hashes side by side, finished so that every bit depends on every unit of the text. */
const hash53 = (text: string, seed: number): number => {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  const mixed = (x: number, y: number) =>
    Math.imul(x ^ (x >>> 16), 0x85ebca6b) ^ Math.imul(y ^ (y >>> 13), 0xc2b2ae35);
  return (mixed(b, a) >>> 0) * 0x200000 + (mixed(a, b) >>> 11);
};
