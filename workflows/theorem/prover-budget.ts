import type { Budget, ProverBudget } from '../../src/model/index.ts';
import type { Caps } from '../budget/account.ts';
import type { TheoremState } from './state.ts';

const ownOf = (state: TheoremState, prover: string): ProverBudget =>
  state.input.plan.proverBudgets?.[prover] ?? {};

/** Rounds and samples a round of one prover: its own where the plan names them, else the theorem's. */
export const roundsOf = (state: TheoremState, prover: string): Pick<Budget, 'rounds' | 'samples'> => {
  const { rounds = state.budget.rounds, samples = state.budget.samples } = ownOf(state, prover);
  return { rounds, samples };
};

/** Money and tokens that one prover may use on the theorem, beside what the theorem itself may. */
export const capsOf = (state: TheoremState, prover: string): Caps => {
  const { costUsd = null, tokens = null } = ownOf(state, prover);
  return { usd: costUsd, tokens };
};
