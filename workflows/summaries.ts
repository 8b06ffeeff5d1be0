import type { GenerateInput } from '../activities/api.ts';
import type { Attempt, Submission, TheoremResult, Verdict } from '../src/model/index.ts';
import { oneLine } from './text.ts';

/** The lines that make a history read like a story. */

const sampleName = (round: number, sample: number): string => `sample ${sample + 1} of round ${round}`;

const firstError = (verdict: Verdict): string => {
  if (!('diagnostics' in verdict)) return '';
  const error = verdict.diagnostics.find((d) => d.severity === 'error');
  return error === undefined ? '' : `: ${error.text}`;
};

export const verdictLine = (verdict: Verdict): string =>
  verdict.status === 'dishonest'
    ? `dishonest (${verdict.why}): ${verdict.detail}`
    : verdict.status === 'conditional'
      ? `conditional on ${verdict.on.join(', ')}`
      : `${verdict.status}${firstError(verdict)}`;

/** Who is asked for what; a proof or a sketch. */
type Question = Pick<GenerateInput, 'prover' | 'round' | 'sample' | 'kind' | 'feedback'>;

export const askSummary = ({ prover, round, sample, kind, feedback }: Question, tries = 1): string => {
  const what = kind === 'sketch' ? `sketch ${round}` : sampleName(round, sample);
  const told = feedback.length === 0 ? '' : `, told of ${feedback.length} refused before`;
  return oneLine(`ask ${prover}: ${what}${told}${tries === 1 ? '' : `, try ${tries}`}`);
};

export const verifySummary = (round: number, sample: number, submission: Submission): string =>
  oneLine(`verify ${sampleName(round, sample)}: ${submission.text}`);

export const attemptSummary = (attempt: Attempt): string => {
  const who =
    attempt.kind === 'sketch'
      ? `${attempt.prover}, sketch ${attempt.round}`
      : attempt.round === 0
        ? attempt.prover
        : `${attempt.prover}, ${sampleName(attempt.round, attempt.sample)}`;
  const what =
    attempt.error !== null
      ? `${attempt.error.code}: ${attempt.error.message}`
      : attempt.verdict === null
        ? `no proof in the answer: ${attempt.answer?.unusable ?? 'no answer'}`
        : attempt.duplicateOf !== undefined
          ? `the proof of attempt ${attempt.duplicateOf} again`
          : verdictLine(attempt.verdict);
  return oneLine(`attempt ${attempt.n} (${who}): ${what}`);
};

export const resultSummary = (result: TheoremResult): string => {
  const by = result.prover === null ? '' : ` by ${result.prover}`;
  const error = result.error === null ? '' : `: ${result.error.code} ${result.error.message}`;
  const cached = result.cached ? ' (known proof)' : '';
  return oneLine(
    `${result.outcome}${by}${cached}, stopped by ${result.stoppedBy}, ${result.attempts} attempts${error}`,
  );
};
