import type { z } from 'zod';
import { dollars, wholeNumber } from '../config/values.ts';
import type { ProverBudget } from '../model/index.ts';

/** Keys of a prover's table that bound what it may use on one theorem. */
export const OWN_BUDGET = {
  rounds: wholeNumber(0)('').optional(),
  samples: wholeNumber(1)('').optional(),
  max_tokens: wholeNumber(1)('').optional(),
  max_cost: dollars('').optional(),
};

type Keys = z.output<z.ZodObject<typeof OWN_BUDGET>>;

/** The same as the plan has it; nothing where the table bounds nothing. */
export const ownBudget = ({
  rounds,
  samples,
  max_tokens: tokens,
  max_cost: costUsd,
}: Keys): { readonly budget?: ProverBudget } => {
  const set = Object.entries({ rounds, samples, tokens, costUsd }).filter(([, value]) => value !== undefined);
  return set.length === 0 ? {} : { budget: Object.fromEntries(set) };
};
