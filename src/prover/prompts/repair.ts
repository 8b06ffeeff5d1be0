import type { Theorem } from '../../model/index.ts';
import { commandText, fullText } from '../../model/index.ts';
import type { Feedback } from '../prover.ts';
import { annotate } from './annotate.ts';
import { block } from './problem.ts';

/** The failed proof, and what Lean said at its place in it. */
export function repairPart(theorem: Theorem, feedback: Feedback): string {
  const { submission, diagnostics, why } = feedback;
  const text = fullText(theorem, submission);
  const firstLine = `${theorem.header}${theorem.context}`.split('\n').length;
  const { shown, omitted } = annotate(text, firstLine, diagnostics);
  const parts = [
    'An earlier attempt was refused. Its code:',
    block('lean4', commandText(theorem.statement, submission)),
    `Why it was refused: ${why}`,
  ];
  if (shown.length > 0) {
    parts.push(
      `What Lean ${shown.length + omitted === 1 ? 'reported' : 'reported, first errors first'} (line numbers count from the first line of the attempt; carets mark the place):`,
      ...shown.map((text) => block('', text)),
    );
  }
  if (omitted > 0) parts.push(`${omitted} more ${omitted === 1 ? 'message' : 'messages'} left out.`);
  return parts.join('\n\n');
}
