import { z } from 'zod';
import type { Challenge } from './theorem.ts';

/**
 * An untrusted proof. `proof`: what follows `:=`, e.g. `by omega`; the trusted statement is put before it.
 * `declarations`: replaces the whole theorem command and may hold helper lemmas; it restates the theorem,
 * and the checker compares the type it elaborates to with the challenge's.
 */
export const submissionSchema = z
  .discriminatedUnion('form', [
    z.object({ form: z.literal('proof'), text: z.string() }),
    z.object({ form: z.literal('declarations'), text: z.string() }),
  ])
  .readonly();
export type Submission = z.infer<typeof submissionSchema>;

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
