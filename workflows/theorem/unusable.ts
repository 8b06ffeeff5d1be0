import type { Attempt } from '../../src/model/index.ts';

/**
 * What to say of answers in which there was no proof (blocked, cut, empty), null where all held one: without it they
 * would pass for proofs that Lean refused. `samples` are the newest attempts of a theorem.
 */
export const unusableNote = (samples: readonly Pick<Attempt, 'prover' | 'answer'>[]): string | null => {
  const answers = samples.filter(({ answer }) => answer !== null);
  const unusable = answers.filter(({ answer }) => answer !== null && answer.unusable !== null);
  const last = unusable.at(-1);
  if (last?.answer == null) return null;
  const { prover, answer } = last;
  return answers.length === 1
    ? `the answer of ${prover} held no proof: ${answer.unusable}`
    : `${unusable.length} of ${answers.length} answers held no proof, the last of them by ${prover}: ${answer.unusable}`;
};
