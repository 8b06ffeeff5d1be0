import { tokenize } from '../../src/lean-text/lexer.ts';
import { commandText, type Diagnostic, type Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import { type Refusal, refusedToken } from '../check/refuse.ts';
import { endOf, moved } from './position.ts';

/** The verdict on a submission that is refused by its text, before Lean sees it, or null. */
export function refusal({ challenge, submission }: CheckRequest): Verdict | null {
  const word = refusedToken(submission.text, { strict: true }) ?? printOption(submission.text);
  if (word === null) return null;
  const text = commandText(challenge.statement, submission);
  const start = text.length - submission.text.length;
  const before = challenge.header + challenge.context + text.slice(0, start);
  const pos = moved({ line: word.line, column: word.column }, endOf(before));
  const detail = `${word.token} ${word.reason}`;
  const diagnostics: Diagnostic[] = [{ severity: 'error', pos, endPos: null, text: detail }];
  return { status: 'dishonest', why: 'refused token', detail, diagnostics, ms: 0 };
}

/** A submission that changes how Lean prints could make two statements look alike. */
function printOption(text: string): Refusal | null {
  const option = tokenize(text).find((token) => token.kind === 'word' && /^«?pp»?\./u.test(token.text));
  if (option === undefined) return null;
  const reason = 'changes how Lean prints, and this Lean backend compares printed statements';
  return { token: option.text, line: option.line, column: option.column, reason };
}
