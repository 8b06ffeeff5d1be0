import { type Attempt, type AttemptPlan, NOT_IN_STORE, type VerdictStatus } from '../../model/index.ts';
import type { Samples } from './pass-at-k.ts';

/** Judgements of a proof. A time-out counts as one: the proof was not accepted within the limits of the run. */
const JUDGED = new Set<VerdictStatus>([
  'accepted',
  'conditional',
  'rejected',
  'incomplete',
  'dishonest',
  'exhausted',
  'timeout',
]);

/** An answer without a proof in it is a wrong one; a request or a check that failed is none. */
export const isScored = ({ answer, submission, verdict, error }: Attempt): boolean => {
  if (answer === null || answer.finish === NOT_IN_STORE) return false;
  if (submission === null) return error === null;
  return verdict !== null && JUDGED.has(verdict.status);
};

/** A request for a whole proof in a round of a model. */
const isSample = ({ round, kind, answer, error }: Attempt): boolean =>
  round > 0 && kind === undefined && (answer !== null || error !== null);

/**
 * The samples of a prover that pass@k is made of: those of its first round, which all begin anew and were decided on
 * before any was judged. Later rounds come only if the first failed, and repair. Null: it was never asked.
 */
export const firstRound = (
  attempts: readonly Attempt[],
  prover: string,
  plan: AttemptPlan,
): Samples | null => {
  const asked = attempts.filter((a) => a.prover === prover && a.round === 1 && isSample(a));
  if (asked.length === 0) return null;
  const scored = asked.filter(isScored);
  const each = plan.proverBudgets?.[prover]?.samples ?? plan.budget.samples;
  return {
    planned: Math.max(Math.min(each, plan.budget.maxSamples ?? each), asked.length),
    scored: scored.length,
    accepted: scored.filter((a) => a.verdict?.status === 'accepted').length,
  };
};

/** Provers that were asked in rounds. */
export const modelsAsked = (attempts: readonly Attempt[]): readonly string[] => [
  ...new Set(attempts.filter(isSample).map((a) => a.prover)),
];
