import { tokenize } from '../../src/lean-text/lexer.ts';
import type { Diagnostic, Position, Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import { refusedIn, submissionStart } from '../check/refused-verdict.ts';
import { moved } from './position.ts';

/** The verdict on a submission that is refused by its text, before Lean sees it, or null. */
export const refusal = (request: CheckRequest): Verdict | null =>
  refusedIn(request, { strict: true }) ?? printOption(request);

/** A submission that changes how Lean prints could make two statements look alike. */
const printOption = ({ submission, ...request }: CheckRequest): Verdict | null =>
  refusedPrinting(submission.text, submissionStart({ submission, ...request }));

/** `start` is where the text begins in the file. */
export function refusedPrinting(text: string, start: Position): Verdict | null {
  const tokens = tokenize(text);
  const option = tokens.find((token) => token.kind === 'word' && /^«?pp»?\./u.test(token.text));
  if (option === undefined) return null;
  const pos = moved({ line: option.line, column: option.column }, start);
  const detail = `\`${option.text}\` changes how Lean prints, and this Lean backend compares printed statements`;
  const diagnostics: Diagnostic[] = [{ severity: 'error', pos, endPos: null, text: detail }];
  return { status: 'dishonest', why: 'refused token', detail, diagnostics, ms: 0 };
}
