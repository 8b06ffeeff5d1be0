import type { Budget, ModelAnswer } from '../../src/model/index.ts';
import { addCost } from './ledger.ts';
import type { TheoremState } from './state.ts';

/** What one prover has used on the theorem; `costUsd` null = some price was unknown. */
export type Spent = { readonly tokens: number; readonly costUsd: number | null };

const NOTHING: Spent = { tokens: 0, costUsd: 0 };

export const spentWith = (spent: Spent | undefined, { tokens, costUsd, cached }: ModelAnswer): Spent => {
  const { tokens: before, costUsd: sum } = spent ?? NOTHING;
  return {
    tokens: before + (tokens === null ? 0 : tokens.input + tokens.output + tokens.thoughts),
    costUsd: addCost(sum, cached ? 0 : costUsd),
  };
};

const ownOf = (state: TheoremState, prover: string) => state.input.plan.proverBudgets?.[prover];

/** Rounds and samples a round of one prover: its own where the plan names them, else the theorem's. */
export const roundsOf = (state: TheoremState, prover: string): Pick<Budget, 'rounds' | 'samples'> => {
  const own = ownOf(state, prover);
  return {
    rounds: own?.rounds ?? state.budget.rounds,
    samples: own?.samples ?? state.budget.samples,
  };
};

/** The part of the prover's own budget that is used up, or null. */
export const ownSpent = (state: TheoremState, prover: string): 'tokens' | 'cost' | null => {
  const own = ownOf(state, prover);
  const spent = state.spentBy.get(prover) ?? NOTHING;
  if (own?.tokens !== undefined && spent.tokens >= own.tokens) return 'tokens';
  return ownMoneyLeft(state, prover) === 0 ? 'cost' : null;
};

/** US dollars that the prover's own limit leaves, null = it has none. A sum that has become unknown leaves nothing. */
export const ownMoneyLeft = (state: TheoremState, prover: string): number | null => {
  const limit = ownOf(state, prover)?.costUsd;
  if (limit === undefined) return null;
  const spent = (state.spentBy.get(prover) ?? NOTHING).costUsd;
  return spent === null ? 0 : Math.max(0, limit - spent);
};

/** The smaller of two sums of money, null = no limit. */
export const lesser = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
