import { commandText, fullText, type Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import { type RefuseOptions, refusedToken } from './refuse.ts';

/** The verdict on a submission that says what none may say, with the place in the whole text; null if it does not. */
export function refusedIn(request: CheckRequest, options: RefuseOptions = {}): Verdict | null {
  const { challenge, submission } = request;
  const refusal = refusedToken(submission.text, options);
  if (refusal === null) return null;
  const whole = fullText(challenge, submission);
  const trusted = `${challenge.header}${challenge.context}`;
  const command = commandText(challenge.statement, submission);
  const before = whole.slice(0, trusted.length + command.length - submission.text.length).split('\n');
  const column = refusal.line === 1 ? [...(before.at(-1) ?? '')].length + refusal.column : refusal.column;
  const pos = { line: before.length + refusal.line - 1, column };
  const text = `refused: \`${refusal.token}\` ${refusal.reason}`;
  return {
    status: 'dishonest',
    why: 'refused token',
    detail: `\`${refusal.token}\` ${refusal.reason}`,
    diagnostics: [{ severity: 'error', pos, endPos: null, text }],
    ms: 0,
  };
}
