import type { Attempt, AttemptPlan, TheoremResult } from '../../model/index.ts';
import { callsOf } from '../statistics/refine-at-k.ts';
import { firstRound, modelsAsked } from '../statistics/samples.ts';
import type { Attempted } from './data.ts';

const distinct = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== null && text !== undefined)),
];

/** The model and what it says its version is, where that says more. */
const modelOf = ({ answer }: Attempt): string | null => {
  if (answer === null) return null;
  const { model, modelVersion } = answer;
  return modelVersion === null || modelVersion === model ? model : `${model} (${modelVersion})`;
};

export const attemptedOf = (
  result: TheoremResult,
  attempts: readonly Attempt[],
  plan: AttemptPlan,
): Attempted => ({
  calls: callsOf(result, attempts),
  samples: new Map(
    modelsAsked(attempts).flatMap((prover) => {
      const samples = firstRound(attempts, prover, plan);
      return samples === null ? [] : [[prover, samples] as const];
    }),
  ),
  models: distinct(attempts.map(modelOf)),
  prompts: distinct(attempts.map((a) => a.variant)),
});
