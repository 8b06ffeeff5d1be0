import type { Attempt, Diagnostic, Verdict } from '../../src/model/index.ts';
import type { Feedback } from '../../src/prover/prover.ts';

/** Refused attempts to choose from for a sample that has no line of its own yet. */
const REMEMBERED = 2;

const WHY: Readonly<Record<Verdict['status'], string>> = {
  accepted: 'accepted',
  conditional: 'it uses an earlier theorem that is not proved',
  rejected: 'Lean reports errors',
  incomplete: 'goals are left open',
  dishonest: 'it is no honest proof of the statement',
  exhausted: 'it reached a limit of Lean (heartbeats or recursion depth)',
  timeout: 'it took too long to check',
  crashed: 'it ended the Lean process',
  badHeader: 'an imported module is missing',
  badChallenge: 'the statement does not elaborate',
};

export const why = (verdict: Verdict): string =>
  verdict.status === 'dishonest' ? `${WHY.dishonest}: ${verdict.detail}` : WHY[verdict.status];

const diagnosticsOf = (verdict: Verdict): readonly Diagnostic[] =>
  'diagnostics' in verdict ? verdict.diagnostics : [];

const hintsOf = (verdict: Verdict): Pick<Feedback, 'openGoals' | 'unknown'> => {
  if (verdict.status !== 'rejected') return {};
  const { openGoals, unknown } = verdict;
  return { ...(openGoals === undefined ? {} : { openGoals }), ...(unknown === undefined ? {} : { unknown }) };
};

/**
 * What sample `sample` of the next round learns: the last refused attempt of the same sample index, so that
 * each index refines its own line and samples stay different; if it has none, the last ones of any index.
 */
export const feedbackFor = (attempts: readonly Attempt[], prover: string, sample: number): Feedback[] => {
  const refused = attempts.filter((a) => a.prover === prover && a.submission !== null && a.verdict !== null);
  const own = refused.filter((a) => a.sample === sample);
  return (own.length > 0 ? own.slice(-1) : refused.slice(-REMEMBERED)).flatMap(({ submission, verdict }) =>
    submission === null || verdict === null
      ? []
      : [{ submission, diagnostics: diagnosticsOf(verdict), why: why(verdict), ...hintsOf(verdict) }],
  );
};
