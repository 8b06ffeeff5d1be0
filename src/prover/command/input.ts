import { fullText } from '../../model/index.ts';
import type { GenerateRequest } from '../prover.ts';

/** Raised when a field of the input changes its meaning or goes away. */
export const INPUT_VERSION = 1;

/** What a program reads on standard input, as docs/provers.md says. */
export const inputOf = ({ theorem, round, sample, leanVersion, feedback, lemmas = [] }: GenerateRequest) => {
  const { name, header, context, statement, informal, difficulty, category } = theorem;
  return {
    version: INPUT_VERSION,
    theorem: {
      id: theorem.id,
      name,
      header,
      context,
      statement,
      informal: informal ?? null,
      difficulty: difficulty ?? null,
      category: category ?? null,
    },
    /** The whole file with `sorry` for the proof. */
    source: fullText(theorem, { form: 'proof', text: 'by sorry' }),
    leanVersion,
    round,
    sample,
    /** Refused attempts, the newest last. */
    feedback: feedback.map(({ submission, why, diagnostics, openGoals = [], unknown = [] }) => ({
      form: submission.form,
      proof: submission.text,
      why,
      diagnostics,
      openGoals,
      unknown,
    })),
    lemmas,
  };
};
