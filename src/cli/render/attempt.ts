import type { Attempt, Theorem } from '../../model/index.ts';
import { fullText } from '../../model/index.ts';
import { count, dollars, duration } from '../../words/units.ts';
import { fixOf } from '../../words/why-not.ts';
import type { Paint } from './paint.ts';
import { renderVerdict } from './verdict.ts';
import { indent } from './width.ts';

const section = (title: string, text: string, paint: Paint): string[] => [
  paint('bold', title),
  indent(text.trimEnd(), '  '),
];

const modelFacts = (a: NonNullable<Attempt['answer']>): string =>
  [
    a.modelVersion === null || a.modelVersion === a.model ? a.model : `${a.model} (${a.modelVersion})`,
    `finish ${a.finish}`,
    a.tokens === null
      ? 'tokens not told'
      : `${count(a.tokens.input)} tokens in, ${count(a.tokens.output + a.tokens.thoughts)} out`,
    a.cached ? 'from the store, not paid again' : dollars(a.costUsd),
    duration(a.ms),
  ].join(' · ');

/** One attempt as `logs` prints it: prompt, answer, submission, verdict with its places in the text. */
export const renderAttempt = (attempt: Attempt, theorem: Theorem | null, paint: Paint): string[] => {
  const where = attempt.round === 0 ? '' : `, round ${attempt.round}, sample ${attempt.sample + 1}`;
  const lines = [paint(['bold', 'underline'], `Attempt ${attempt.n}: ${attempt.prover}${where}`)];
  const { answer, submission, verdict, error } = attempt;
  if (answer !== null) {
    lines.push(paint('dim', modelFacts(answer)));
    lines.push(...section('Prompt', answer.prompt.text, paint));
    lines.push(...section('Answer', answer.answer.text, paint));
    if (answer.unusable !== null) lines.push(paint('red', `Not usable: ${answer.unusable}`));
  }
  if (submission !== null) lines.push(...section('Submission', submission.text, paint));
  if (verdict !== null) {
    const source = theorem === null || submission === null ? null : fullText(theorem, submission);
    const [first = '', ...rest] = renderVerdict(verdict, source, paint);
    const from =
      attempt.duplicateOf !== undefined
        ? ` (as of attempt ${attempt.duplicateOf}, whose proof this is again)`
        : attempt.cachedVerdict
          ? ' (from the store)'
          : '';
    lines.push(`${paint('bold', 'Verdict')}  ${first}${from}`, ...rest.map((line) => indent(line, '  ')));
  }
  if (error !== null) {
    lines.push(paint('red', `${error.code}: ${error.message}`));
    const fix = fixOf({ error });
    if (fix !== null) lines.push(indent(fix, '  '));
  }
  return lines;
};
