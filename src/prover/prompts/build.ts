import type { GenerateRequest } from '../prover.ts';
import { hintFor } from './hints.ts';
import { problemPart } from './problem.ts';
import { repairPart } from './repair.ts';
import { systemPart } from './system.ts';

/** A way to ask. Raise `version` with every change of its words: it is part of the response key. */
export type PromptVariant = {
  readonly name: 'plan' | 'short';
  readonly version: number;
  /** Ask for a plan before the code. */
  readonly plan: boolean;
};

export const PROMPT_VARIANTS: readonly PromptVariant[] = [
  { name: 'plan', version: 1, plan: true },
  { name: 'short', version: 1, plan: false },
];
export const DEFAULT_VARIANT: PromptVariant = PROMPT_VARIANTS[0]!;

/**
 * The prompt of one sample. The system text depends on Lean's version and the imports only and the theorem
 * comes before what changes from sample to sample, so that providers can reuse the common beginning.
 */
export function buildPrompt(
  request: GenerateRequest,
  variant: PromptVariant = DEFAULT_VARIANT,
): { readonly system: string; readonly user: string } {
  const { theorem, feedback, sample } = request;
  const failed = feedback.at(-1 - (sample % Math.max(1, feedback.length)));
  // Samples beyond the failed attempts repair one of them along another line.
  const wantsHint = failed === undefined ? sample > 0 || request.round > 1 : sample >= feedback.length;
  const parts = [
    problemPart(theorem),
    ...(failed === undefined ? [] : [repairPart(theorem, failed)]),
    ...(wantsHint ? [`Approach to try this time: ${hintFor(request.round, sample)}`] : []),
    failed === undefined ? ask(variant) : askRepair(variant),
  ];
  return { system: systemPart(request.leanVersion, theorem.header), user: parts.join('\n\n') };
}

const ask = ({ plan }: PromptVariant): string =>
  plan
    ? 'First sketch the proof in a few lines: the key idea, the lemmas you need, the order of the steps. Then write the code block.'
    : 'Answer with the code block only.';

const askRepair = ({ plan }: PromptVariant): string =>
  plan
    ? 'First say for each message why it arises and what has to change; if the idea itself is wrong, choose another. Then write the whole corrected theorem in the code block.'
    : 'Answer with the whole corrected theorem in the code block only.';
