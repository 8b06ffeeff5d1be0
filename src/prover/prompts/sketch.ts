import type { Feedback, GenerateRequest } from '../prover.ts';
import type { Prompt } from './build.ts';
import { block } from './frames.ts';
import { lemmaPart } from './lemmas.ts';
import { problemPart } from './problem.ts';
import { systemPart } from './system.ts';
import type { PromptVariant } from './variants.ts';

/** Raise it with every change of the words. */
const VERSION = 1;

const RULES = `This time a whole proof is not asked for: whole proofs have failed. Write the proof as a sketch.
- Break it into named steps, each \`have NAME : STATEMENT := by sorry\`, and then prove the theorem from these steps without \`sorry\`. Here, and only here, \`sorry\` stands for the proof of a step. Induction or a case split whose cases end in \`sorry\` is a sketch, too.
- At most 8 steps, each true, each clearly easier than the theorem, none a mere copy of it or of a hypothesis. A step that a few tactics close is a good step.
- Name every variable and hypothesis that you introduce, and give numerals their type where it could be in doubt.
- The whole has to elaborate as it stands: Lean checks it with the gaps before any step is tried.`;

/** A sketch that failed, and what is known of its steps. */
const earlier = ({ submission, why, diagnostics }: Feedback): string => {
  const errors = diagnostics.filter((d) => d.severity === 'error').slice(0, 4);
  return [
    'An earlier sketch of yours did not lead to a proof:',
    block('lean4', submission.text),
    `What came of it: ${why}`,
    ...(errors.length === 0 ? [] : [block('', errors.map((e) => e.text.slice(0, 1_500)).join('\n\n'))]),
    'Keep what was proved if it helps, change what was false or too hard.',
  ].join('\n\n');
};

/** The prompt that asks for a sketch; the theorem comes before what changes from sketch to sketch. */
export function buildSketchPrompt(request: GenerateRequest, variant: PromptVariant): Prompt {
  const { theorem, feedback, leanVersion, lemmas, round, sample } = request;
  const known = lemmaPart(lemmas, round, sample);
  const parts = [
    problemPart(theorem),
    ...(known === null ? [] : [known]),
    RULES,
    ...feedback.slice(-1).map(earlier),
    'Say in a few lines why the steps are true and how they give the theorem. Then write the whole theorem as a sketch in one lean4 code block.',
  ];
  return {
    system: systemPart(leanVersion, theorem.header, variant),
    user: parts.join('\n\n'),
    variant: `sketch/${VERSION}`,
  };
}
