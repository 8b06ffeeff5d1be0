import { parseHeader } from '../../src/lean-text/imports.ts';
import type { Diagnostic, Position } from '../../src/model/index.ts';
import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { type RefuseOptions, refusedToken } from './refuse.ts';
import { refusedSyntax, tokensInStrings } from './refuse-syntax.ts';
import { Refused } from './refused.ts';

/** UTF-16 code units of a whole untrusted file. */
export const MAX_FILE = 1_048_576;

const RULES: RefuseOptions = { evaluation: true };
const said = (token: string, reason: string): string => `dishonest: \`${token}\` ${reason}`;

/** The error about the first thing in a whole untrusted file that none may say, or null. */
export function refusedInFile(text: string, rules = RULES): Diagnostic | null {
  const { end } = parseHeader(text);
  const refusal = refusedToken(text.slice(end), { maxLength: MAX_FILE, ...rules });
  if (refusal === null) return null;
  const start = endOf(text.slice(0, end));
  const pos = {
    line: start.line + refusal.line - 1,
    column: refusal.line === 1 ? start.column + refusal.column : refusal.column,
  };
  return { severity: 'error', pos, endPos: null, text: said(refusal.token, refusal.reason) };
}

/** Throws `Refused` at the first command whose syntax holds what none may say. */
export function refusesSyntaxOfFile(lean: LeanRuntime, text: string): (syntax: Obj) => void {
  // Lean reads CRLF as one line end, so offsets count it as one byte.
  const bytes = Buffer.from(text.replaceAll('\r\n', '\n'), 'utf8');
  const rules = { ...RULES, ownTokens: tokensInStrings(text) };
  return (syntax) => {
    const found = refusedSyntax(lean, syntax, (leaves) => leaves.filter((leaf) => leaf.start >= 0), rules);
    if (found === null) return;
    const pos = endOf(bytes.toString('utf8', 0, found.start));
    throw new Refused('refused token', said(found.token, found.reason), pos);
  };
}

const endOf = (text: string): Position => {
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
};
