import type { GenerateRequest } from '../prover.ts';
import { approachFor } from './hints.ts';
import { lemmaPart } from './lemmas.ts';
import { problemPart } from './problem.ts';
import { repairPart } from './repair.ts';
import { buildSketchPrompt } from './sketch.ts';
import { systemPart } from './system.ts';
import { type PromptVariant, variantId, variantOf } from './variants.ts';

export * from './variants.ts';

export type Prompt = {
  readonly system: string;
  readonly user: string;
  /** Name and version of the variant, e.g. `short/1`. */
  readonly variant: string;
};

/**
 * The prompt of one sample: pure, the same request gives the same prompt, and no two samples of a round have the same.
 * The system text depends on Lean's version, the imports and the variant only, and the theorem comes before what changes
 * from sample to sample, so that providers can reuse the common beginning. Throws PROMPT_UNKNOWN for a variant that
 * does not exist.
 */
export function buildPrompt(
  request: GenerateRequest,
  variant: PromptVariant = variantOf(request.variant),
): Prompt {
  if (request.kind === 'sketch') return buildSketchPrompt(request, variant);
  const { theorem, feedback, round, sample, lemmas } = request;
  const failed = feedback.at(-1 - (sample % Math.max(1, feedback.length)));
  // What two samples repair may be the same attempt; then the later one is to take another line.
  const wantsApproach = failed === undefined ? sample > 0 || round > 1 : (failed.again ?? sample) > 0;
  const parts = [
    problemPart(theorem),
    lemmaPart(lemmas, round, sample),
    failed === undefined ? null : repairPart(theorem, failed),
    wantsApproach ? `Approach to try this time: ${approachFor(round, sample)}` : null,
    failed === undefined ? variant.ask : variant.askRepair,
  ];
  return {
    system: systemPart(request.leanVersion, theorem.header, variant),
    user: parts.filter((part) => part !== null).join('\n\n'),
    variant: variantId(variant),
  };
}
