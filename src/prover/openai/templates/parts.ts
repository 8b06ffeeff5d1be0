import type { Theorem } from '../../../model/index.ts';
import { repairPart } from '../../prompts/repair.ts';
import type { GenerateRequest } from '../../prover.ts';

/** Text that stands in a Lean block comment and cannot end it, nor the code block around it. */
const commentText = (text: string): string =>
  text.trim().replaceAll('-/', '- /').replaceAll('/-', '/ -').replaceAll('```', "'''");

/** What stands before the proof: header, context, the informal text as a doc comment, the statement. */
export const openTheorem = ({ header, context, informal, statement }: Theorem): string => {
  // A statement may bring a doc comment of its own; Lean takes only one.
  const own = /^\s*\/--/.test(statement);
  const comment =
    informal === undefined || informal.trim() === ''
      ? ''
      : `/-${own ? '' : '-'} ${commentText(informal)} -/\n`;
  const imports = header.trim() === '' ? '' : `${header.trimEnd()}\n\n`;
  return `${imports}${context}${comment}${statement.trimEnd()} := by`;
};

/** The theorem as a whole block with a hole for the proof. */
export const holedBlock = (theorem: Theorem): string =>
  `\`\`\`lean4\n${openTheorem(theorem)}\n  sorry\n\`\`\``;

/** The newest of the refused attempts that this sample repairs, as text behind the problem; '' for a fresh one. */
export const repairOf = ({ theorem, feedback, sample }: GenerateRequest): string => {
  const failed = feedback.at(-1 - (sample % Math.max(1, feedback.length)));
  return failed === undefined ? '' : `\n\n${repairPart(theorem, failed)}`;
};

/** Says what these models are not told by their training: which Lean checks, and that nothing else is imported. */
export const leanNote = ({ leanVersion, theorem }: GenerateRequest): string =>
  theorem.header.includes('Mathlib')
    ? `It is checked by Lean ${leanVersion}.`
    : `It is checked by Lean ${leanVersion} without Mathlib: use core tactics only (omega, simp, grind, decide, induction and the like).`;
