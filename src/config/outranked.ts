import type { ProverBudget } from '../model/index.ts';
import type { ProverProfile } from '../prover/index.ts';
import { RANK } from './resolve.ts';
import type { Resolved } from './settings.ts';

/**
 * Profiles without the rounds and samples that a flag or a variable decides: these stand in a file, which is weaker. Limits
 * of money and tokens stay, since they hold beside those of the run.
 */
export const withoutOutranked = (
  profiles: Readonly<Record<string, ProverProfile>>,
  s: Resolved,
): Readonly<Record<string, ProverProfile>> => {
  const outranked: (keyof ProverBudget)[] = [
    ...(s['run.maxRounds'].rank >= RANK.environment ? (['rounds'] as const) : []),
    ...(s['run.samples'].rank >= RANK.environment ? (['samples'] as const) : []),
  ];
  if (outranked.length === 0) return profiles;
  return Object.fromEntries(
    Object.entries(profiles).map(([name, profile]) => {
      if (!('budget' in profile) || profile.budget === undefined) return [name, profile];
      const { budget, ...rest } = profile;
      const kept = Object.entries(budget).filter(([key]) => !outranked.some((of) => of === key));
      const own = kept.length === 0 ? {} : { budget: Object.fromEntries(kept) };
      return [name, { ...rest, ...own } as ProverProfile];
    }),
  );
};
