import type { Attempt, Diagnostic, Verdict } from '../../src/model/index.ts';
import type { Feedback } from '../../src/prover/prover.ts';
import type { Role } from './plan-round.ts';

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

/** What a sample learns from the attempt that it repairs; nothing, where it begins anew. */
export const feedbackFor = (attempts: readonly Attempt[], role: Role): Feedback[] => {
  if (role.kind === 'fresh') return [];
  const attempt = attempts.find((a) => a.n === role.of);
  if (attempt?.submission == null || attempt.verdict === null) return [];
  const { submission, verdict } = attempt;
  const { repeated, again } = role;
  return [
    {
      ...{ submission, diagnostics: diagnosticsOf(verdict), why: why(verdict) },
      ...hintsOf(verdict),
      ...(repeated > 0 && { repeated }),
      ...(again > 0 && { again }),
    },
  ];
};
