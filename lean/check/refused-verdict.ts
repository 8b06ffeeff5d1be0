import { commandText, fullText, type Position, type Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { type RefuseOptions, refusedToken } from './refuse.ts';
import { refusedSyntax, tokensInStrings } from './refuse-syntax.ts';
import { Refused } from './refused.ts';

/** The verdict on a submission that says what none may say, with the place in the whole text; null if it does not. */
export function refusedIn(request: CheckRequest, options: RefuseOptions = {}): Verdict | null {
  const refusal = refusedToken(request.submission.text, options);
  if (refusal === null) return null;
  const start = submissionStart(request);
  const pos = {
    line: start.line + refusal.line - 1,
    column: refusal.line === 1 ? start.column + refusal.column : refusal.column,
  };
  const detail = `\`${refusal.token}\` ${refusal.reason}`;
  const diagnostics = [{ severity: 'error' as const, pos, endPos: null, text: detail }];
  return { status: 'dishonest', why: 'refused token', detail, diagnostics, ms: 0 };
}

/** Throws `Refused` at the first command of the submission whose syntax holds what none may say. */
export function refusesSyntax(lean: LeanRuntime, request: CheckRequest): (syntax: Obj) => void {
  // Lean reads CRLF as one line end, so offsets count it as one byte.
  const whole = fullText(request.challenge, request.submission).replaceAll('\r\n', '\n');
  const trusted = Buffer.byteLength(trustedText(request).replaceAll('\r\n', '\n'));
  const ownTokens = tokensInStrings(whole);
  return (syntax) => {
    const found = refusedSyntax(lean, syntax, (leaves) => leaves.filter((l) => l.start >= trusted), {
      ownTokens,
    });
    if (found === null) return;
    const before = Buffer.from(whole, 'utf8').toString('utf8', 0, found.start);
    throw new Refused('refused token', `\`${found.token}\` ${found.reason}`, endOf(before));
  };
}

/** Where the untrusted text begins in the whole one. */
export const submissionStart = (request: CheckRequest): Position => endOf(trustedText(request));

function trustedText({ challenge, submission }: CheckRequest): string {
  const command = commandText(challenge.statement, submission);
  const statement = command.slice(0, command.length - submission.text.length);
  return `${challenge.header}${challenge.context}${statement}`;
}

const endOf = (text: string): Position => {
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
};
