import { mainCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { planRound, type Role } from './plan-round.ts';
import { roundsOf } from './prover-budget.ts';
import type { SampleTask } from './sample.ts';
import type { TheoremState } from './state.ts';

/** Of the samples of a round, in their order: what each does, and the prompt variant that it asks with. */
export type RoundPlan = {
  readonly roles: readonly Role[];
  /** null: the prover's own form; undefined: the default. */
  readonly variants: readonly (string | null | undefined)[];
};

/** What one sample does; decided once a round, before its first sample is asked, and recorded where it was drawn. */
export const roleOf = async (
  state: TheoremState,
  { prover, round, sample }: SampleTask,
): Promise<{ readonly role: Role; readonly variant: string | null | undefined }> => {
  const key = `${round} ${prover}`;
  const known = state.roundPlans.get(key);
  const plan = known ?? settle(state, prover, round);
  if (known === undefined) {
    for (const old of state.roundPlans.keys()) if (old.endsWith(` ${prover}`)) state.roundPlans.delete(old);
    state.roundPlans.set(key, plan);
  }
  const { roles, variants } = await plan;
  // A budget that was raised while the round goes on brings samples that nobody planned.
  return { role: roles[sample] ?? { kind: 'fresh' }, variant: variants[sample % variants.length] };
};

const settle = async (state: TheoremState, prover: string, round: number): Promise<RoundPlan> => {
  const { rounds, samples } = roundsOf(state, prover);
  const attempts = state.samples;
  const roles = planRound({ attempts, prover, round, rounds, samples, requestsLeft: requestsLeft(state) });
  const { theorem, runId, plan } = state.input;
  const { prompt, seed = null } = plan;
  if (prompt !== null) return { roles, variants: [prompt] };
  const variants = await mainCalls.choosePrompts.executeWithOptions(
    { summary: oneLine(`prompts of round ${round} for ${prover}`) },
    [
      {
        ...{ theorem, runId, prover, round, seed },
        stages: roles.map((role) => (role.kind === 'repair' ? 'repair' : 'first')),
      },
    ],
  );
  return { roles, variants };
};

/** How many requests the money and the tokens left will last for, at what requests took so far; null = not limited. */
const requestsLeft = ({ budget, allowance, ledger }: TheoremState): number | null => {
  const { modelCalls, costUsd, inputTokens, outputTokens } = ledger;
  if (modelCalls === 0) return null;
  const tokens = inputTokens + outputTokens;
  const lasts = (limit: number | null, spent: number): number[] =>
    limit === null || spent <= 0 ? [] : [Math.max(0, Math.floor(((limit - spent) * modelCalls) / spent))];
  const all = [
    ...lasts(budget.costUsd, costUsd ?? 0),
    ...lasts(allowance.costUsd, costUsd ?? 0),
    ...lasts(budget.tokens, tokens),
    ...lasts(allowance.tokens, tokens),
  ];
  return all.length === 0 ? null : Math.min(...all);
};
