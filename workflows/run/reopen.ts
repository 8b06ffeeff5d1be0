import type { AttemptPlan, Budget, RunLimits, TheoremResult } from '../../src/model/index.ts';
import { LOCAL } from '../theorem/local.ts';
import type { Why } from './turn.ts';

/** What may stop a theorem: its own budget, and the limits of its run. */
export type Limits = { readonly budget: Budget; readonly limits: RunLimits };

/**
 * The limit that a theorem ended at; null: it has ended for good, whatever is raised. With `exhaust` one that a model has
 * proved goes on too when there are more samples: pass@k is measured on all of them.
 */
export const whyOf = (result: TheoremResult, { exhaust }: Pick<AttemptPlan, 'exhaust'>): Why | null => {
  const { outcome, stoppedBy, stoppedScope = 'theorem', prover } = result;
  if (outcome === 'solved')
    return exhaust === true && prover !== null && prover !== LOCAL ? 'proof/theorem' : null;
  if (outcome !== 'unsolved') return null;
  if (stoppedBy === 'proof' || stoppedBy === 'cancelled' || stoppedBy === 'error') return null;
  return `${stoppedBy}/${stoppedScope}`;
};

/** Says of a limit whether a theorem that ended at it would go on under the new ones. */
export const openedBy = (before: Limits, after: Limits): ((why: Why) => boolean) => {
  const { budget: b, limits: l } = before;
  const { budget, limits } = after;
  const opens: Readonly<Partial<Record<Why, boolean>>> = {
    'proof/theorem': isMore(b.samples, budget.samples),
    'rounds/theorem': isMore(b.rounds, budget.rounds) || isMore(b.samples, budget.samples),
    'samples/theorem': isMore(b.maxSamples, budget.maxSamples),
    'tokens/theorem': isMore(b.tokens, budget.tokens),
    'tokens/run': isMore(l.tokens, limits.tokens),
    'cost/theorem': isMore(b.costUsd, budget.costUsd),
    'cost/run': isMore(l.costUsd, limits.costUsd),
    'time/theorem': isMore(b.wallMs, budget.wallMs),
    'time/run': isMore(l.wallMs, limits.wallMs),
  };
  return (why) => opens[why] ?? false;
};

/** null or absent = no limit. */
const isMore = (before: number | null | undefined, after: number | null | undefined): boolean =>
  before != null && (after == null || after > before);
