import { holedBlock, leanNote, repairOf } from './parts.ts';
import type { Template } from './template.ts';

/** DeepSeek-Prover-V2: one user turn, a closed block with `sorry`, a plan asked for before the code. */
export const deepseekProverV2: Template = {
  version: 1,
  form: 'chat',
  stop: [],
  render: (request) => ({
    system: '',
    user: `Complete the following Lean 4 code:

${holedBlock(request.theorem)}${repairOf(request)}

Before you write the Lean 4 code, lay out a detailed plan of the proof: its main steps, the key ideas, the intermediate lemmas and how they fit together. The plan is to guide the final formal proof.
${leanNote(request)} Then give the whole theorem with its proof in one \`\`\`lean4 block, the statement unchanged and without sorry.`,
  }),
  read: (written) => written,
};
