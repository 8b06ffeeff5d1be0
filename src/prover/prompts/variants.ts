import { ProofloopError } from '../../model/errors.ts';

/** A way to ask: data, so that variants can be listed, compared and learned from. */
export type PromptVariant = {
  readonly name: string;
  /** Raise it with every change of what this variant says: name and version are part of the response key. */
  readonly version: number;
  /** For people, in `proofloop prompts list`. */
  readonly summary: string;
  /** How much the constant part says of the library and of what Lean stumbles over. */
  readonly rules: 'compact' | 'full';
  /** The last words of a fresh sample, and of a repair. */
  readonly ask: string;
  readonly askRepair: string;
};

export const PROMPT_VARIANTS: readonly PromptVariant[] = [
  {
    name: 'short',
    version: 1,
    summary: 'the rules in few words, a plan of three lines, then the code',
    rules: 'compact',
    ask: 'Plan the proof in at most three lines: the key idea, the lemmas, the order of the steps. Then write the code block.',
    askRepair:
      'For each error, say in one line why it arises and what has to change; if the idea itself is wrong, choose another. Then write the whole corrected theorem in one code block.',
  },
  {
    name: 'code',
    version: 1,
    summary: 'the rules in few words, nothing but the code: the fewest tokens out',
    rules: 'compact',
    ask: 'Answer with the code block only.',
    askRepair: 'Answer with the whole corrected theorem in one code block, and nothing else.',
  },
  {
    name: 'steps',
    version: 1,
    summary: 'the rules in few words, the proof as named `have` steps',
    rules: 'compact',
    ask: 'First list the intermediate facts that lead to the goal, each small enough for one or two tactics. Then write the proof as a sequence of named `have` steps that prove exactly these, closed by a step that combines them.',
    askRepair:
      'For each error, say in one line why it arises. Keep the steps that Lean accepted, cut the step that failed into smaller `have` steps, and write the whole corrected theorem in one code block.',
  },
  {
    name: 'plan',
    version: 2,
    summary: 'the rules with hints on this Lean, a detailed plan, then the code',
    rules: 'full',
    ask: 'First write a proof plan: the key idea, the intermediate lemmas with their statements, which variable an induction is on and what it generalizes, and the tactic that closes each part. Then write the code block.',
    askRepair:
      'First go through the errors in order: what Lean expected there, why the code does not give it, and whether the plan still holds. If it does not, make a new plan. Then write the whole corrected theorem in one code block.',
  },
];

/** What is asked where nobody names a variant. */
export const DEFAULT_VARIANT: PromptVariant = PROMPT_VARIANTS[0]!;

export const variantNames = (): string[] => PROMPT_VARIANTS.map((v) => v.name);

/** The variant of a name; absent or null: the default. Throws ProofloopError PROMPT_UNKNOWN. */
export function variantOf(name: string | null | undefined): PromptVariant {
  if (name === null || name === undefined) return DEFAULT_VARIANT;
  const known = PROMPT_VARIANTS.find((v) => v.name === name);
  if (known !== undefined) return known;
  throw new ProofloopError('PROMPT_UNKNOWN', `There is no prompt "${name}".`, {
    fix: `Known prompts: ${variantNames().join(', ')}; \`proofloop prompts list\` says what each is.`,
  });
}

/** `short/1`: what the response key and an attempt's record hold. */
export const variantId = ({ name, version }: PromptVariant): string => `${name}/${version}`;
