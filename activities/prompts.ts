import type { Theorem } from '../src/model/index.ts';
import { PROMPT_VARIANTS, variantId, variantOf } from '../src/prover/prompts/build.ts';
import { drawVariant } from '../src/prover/prompts/learning/draw.ts';
import type { ModelProver } from '../src/prover/prover.ts';
import type { Store } from '../src/store/store.ts';
import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';

type Deps = { readonly provers: ReadonlyMap<string, ModelProver>; readonly store: Store };

/** Whether the prover asks in our form; the template of an open prover says the same whatever the variant. */
const takesVariants = (prover: ModelProver, theorem: Theorem): boolean =>
  prover.prompt({ theorem, round: 1, sample: 0, feedback: [], leanVersion: '' }).variant !== undefined;

/** Draws the prompts of a round; a worker that does not know the prover leaves that to `generate` to say. */
export const promptActivities = ({ provers, store }: Deps): Pick<MainActivities, 'choosePrompts'> => ({
  choosePrompts: ({ theorem, prover: name, round, stages, runId, seed }) =>
    brief(async () => {
      const prover = provers.get(name);
      if (prover === undefined || !takesVariants(prover, theorem)) return stages.map(() => null);
      const rows = await store.trialCounts(seed === null ? null : runId);
      const { category = '', difficulty = '' } = theorem;
      return stages.map((stage, sample) => {
        const chosen = drawVariant({
          ...{ rows, seed: seed ?? 0 },
          variants: PROMPT_VARIANTS.map(variantId),
          cell: { model: prover.model, stage, category, difficulty },
          of: [theorem.id, name, round, sample],
        });
        return variantOf(chosen.split('/')[0]).name;
      });
    }),
});
