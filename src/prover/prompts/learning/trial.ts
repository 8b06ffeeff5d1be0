import type { Attempt } from '../../../model/index.ts';

export const STAGES = ['first', 'repair'] as const;
/** A fresh sample, or the repair of a refused one: the second kind begins where the first has failed. */
export type Stage = (typeof STAGES)[number];

/** What one model answer says of the variant that it was asked with. */
export type Trial = {
  /** `short/1` */
  readonly variant: string;
  readonly model: string;
  readonly stage: Stage;
  /** '' = the theorem names none. */
  readonly category: string;
  readonly difficulty: string;
  /** The answer held a proof that Lean accepted. */
  readonly won: boolean;
};

/** Trials of the same variant, model, stage, category and difficulty. */
export type TrialCount = Omit<Trial, 'won'> & { readonly trials: number; readonly wins: number };

const LOST = new Set(['rejected', 'incomplete', 'dishonest', 'exhausted']);

/**
 * The trial that an attempt amounts to; null where it says nothing of its prompt: it was asked without a variant, no
 * answer came, the answer is from the store (it was counted when it was bought), or its check was cut short.
 */
export function trialOf(
  attempt: Attempt,
  theorem: { readonly category?: string | undefined; readonly difficulty?: string | undefined },
): Trial | null {
  const { variant, answer, verdict, error } = attempt;
  if (variant === undefined || variant === null || answer === null || answer.cached || error !== null)
    return null;
  const won = verdict?.status === 'accepted' || verdict?.status === 'conditional';
  const lost = verdict === null ? answer.submission === null : LOST.has(verdict.status);
  if (!won && !lost) return null;
  return {
    variant,
    model: answer.model,
    stage: attempt.repairOf === undefined || attempt.repairOf === null ? 'first' : 'repair',
    category: theorem.category ?? '',
    difficulty: theorem.difficulty ?? '',
    won,
  };
}
