import type { AttemptPlan } from '../../src/model/index.ts';
import type { Account } from '../budget/account.ts';
import { samplesLeft, timeLeft } from '../theorem/budget.ts';
import { LOCAL } from '../theorem/local.ts';
import { capsOf } from '../theorem/prover-budget.ts';
import type { TheoremState } from '../theorem/state.ts';

/** Models that prove a step in one workflow, and the account that pays for it. */
type Payer = { readonly models: readonly string[]; readonly account: Account };

/**
 * Who proves steps, in order. Which of several models a step has paid is not told apart afterwards, so where one has a
 * budget of its own each is asked in a workflow of its own, and pays from its own account.
 */
export const payers = (state: TheoremState): readonly Payer[] => {
  const all = state.input.plan.provers.filter((prover) => prover !== LOCAL);
  const limited = all.some((prover) => {
    const { usd, tokens } = capsOf(state, prover);
    return usd !== null || tokens !== null;
  });
  if (all.length === 0) return [];
  return limited || all.length === 1
    ? all.map((prover) => ({ models: [prover], account: state.accountOf(prover) }))
    : [{ models: all, account: state.account }];
};

/**
 * How a step is attempted: as its theorem is, in the time that is left, and without sketches. Money and tokens are in its
 * allowance. `share`: among how many steps the samples that may still be begun are divided. Null: none is left.
 */
export const planFor = (state: TheoremState, share: number): AttemptPlan | null => {
  // Of a step one proof is enough, whatever is measured on the theorem.
  const { sketch: _, exhaust: _all, ...plan } = state.input.plan;
  const { rounds, samples } = state.budget;
  const left = timeLeft(state.budget, state.startedAt, Date.now());
  const begin = samplesLeft(state.budget, state.begun);
  const maxSamples = begin === null ? null : Math.floor(begin / share);
  if (maxSamples === 0) return null;
  const wallMs = left === null ? null : Math.max(1, left);
  return { ...plan, budget: { rounds, samples, maxSamples, tokens: null, costUsd: null, wallMs } };
};
