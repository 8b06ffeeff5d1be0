import { holedBlock, leanNote, repairOf } from './parts.ts';
import type { Template } from './template.ts';

/** Goedel-Prover-V2: the closed form with a plan first; a repair asks for an analysis of the errors before new code. */
export const goedelProverV2: Template = {
  version: 1,
  form: 'chat',
  stop: [],
  render: (request) => {
    const repair = repairOf(request);
    const first =
      repair === ''
        ? 'Before the Lean 4 code, write a detailed proof plan with the main steps and strategies: key ideas, intermediate lemmas, and the structure that leads to the final proof.'
        : 'Before the corrected Lean 4 code, analyse the errors: for each one why it came about and how to mend it; then revise the plan of the proof.';
    return {
      system: '',
      user: `Complete the following Lean 4 code:

${holedBlock(request.theorem)}${repair}

${first}
${leanNote(request)} Finish with the whole theorem in one \`\`\`lean4 block, the statement as given and without sorry.`,
    };
  },
  read: (written) => written,
};
