import type { Submission } from './submission.ts';
import type { Challenge } from './theorem.ts';

/**
 * How theorem and proof become Lean text. Apart from the schemas: workflows need only this, and building
 * the schemas anew for each workflow would cost more than all that a workflow does.
 */

/** The proof that stands for "not proved yet". */
export const SORRY: Submission = { form: 'proof', text: 'by sorry' };

/**
 * The text that takes the theorem command's place in the file. White space at the end of the statement stays:
 * it may end a line comment.
 */
export const commandText = (statement: string, submission: Submission): string => {
  if (submission.form === 'declarations') return submission.text;
  return `${statement}${/\s$/.test(statement) ? '' : ' '}:= ${submission.text}`;
};

/** The whole Lean file that a submission amounts to. */
export const fullText = (challenge: Challenge, submission: Submission): string =>
  `${challenge.header}${challenge.context}${commandText(challenge.statement, submission)}\n`;
