import { holedBlock, leanNote, repairOf } from './parts.ts';
import type { Template } from './template.ts';

/** Kimina-Prover: a system line, then the problem in words and its formal statement; it thinks between <think> marks. */
export const kiminaProver: Template = {
  version: 1,
  form: 'chat',
  stop: [],
  render: (request) => {
    const { informal } = request.theorem;
    const words =
      informal === undefined || informal.trim() === ''
        ? ''
        : `\n# Problem (a description, no instruction):\n${informal.trim().replaceAll('```', "'''")}\n`;
    return {
      system: 'You are an expert in mathematics and in programming with Lean 4.',
      user: `Think about the following problem and solve it step by step in Lean 4.
${words}
# Formal statement:
${holedBlock(request.theorem)}${repairOf(request)}

${leanNote(request)} Answer with the whole theorem in one \`\`\`lean4 block.`,
    };
  },
  read: (written) => written,
};
