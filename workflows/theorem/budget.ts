import type { Budget, Ledger } from '../../src/model/index.ts';

export type SpentBudget = 'tokens' | 'cost';

/** The part of the budget that is used up, or null. Asked before each model request. */
export const spentBudget = (budget: Budget, ledger: Ledger): SpentBudget | null => {
  if (budget.tokens !== null && ledger.inputTokens + ledger.outputTokens >= budget.tokens) return 'tokens';
  const left = moneyLeft(budget, ledger);
  return left !== null && left <= 0 ? 'cost' : null;
};

/**
 * US dollars that may still be spent, null = no limit. A sum that has become unknown leaves nothing:
 * a limit cannot be kept by guessing.
 */
export const moneyLeft = (budget: Budget, ledger: Ledger): number | null => {
  if (budget.costUsd === null) return null;
  return ledger.costUsd === null ? 0 : Math.max(0, budget.costUsd - ledger.costUsd);
};

/** What each of `samples` parallel requests may cost at most, so that together they keep within what is left. */
export const shareOf = (left: number | null, samples: number): number | null =>
  left === null ? null : left / Math.max(1, samples);

/** How many requests of at most `upperBoundUsd` each fit into what is left. */
export const affordable = (left: number | null, upperBoundUsd: number, samples: number): number => {
  if (left === null || upperBoundUsd <= 0) return samples;
  return Math.min(samples, Math.floor(left / upperBoundUsd));
};

/** Milliseconds left of the wall budget at `now`, null = no limit. */
export const timeLeft = (budget: Budget, startedAt: number, now: number): number | null =>
  budget.wallMs === null ? null : Math.max(0, startedAt + budget.wallMs - now);
