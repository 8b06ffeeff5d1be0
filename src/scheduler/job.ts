import type { Difficulty, Prediction } from '../model/index.ts';

/** A theorem as the scheduler sees it. */
export type Job = {
  readonly id: string;
  readonly header: string;
  readonly difficulty: Difficulty | null;
  /** null = no data. */
  readonly prediction: Prediction | null;
};

/** What a theorem of a difficulty takes beside one of another, where nothing is known but the difficulty. */
export const WEIGHTS: Readonly<Record<Difficulty, number>> = { easy: 1, medium: 1.5, hard: 2, very_hard: 3 };

export const weightOf = ({ difficulty }: Pick<Job, 'difficulty'>): number => WEIGHTS[difficulty ?? 'medium'];

/**
 * What each theorem is expected to take, in milliseconds where anything is known: a theorem without data counts as its
 * weight times what the others took per unit of weight. Without any data the weights alone.
 */
export const effortsOf = (jobs: readonly Job[]): ReadonlyMap<string, number> => {
  let ms = 0;
  let weight = 0;
  for (const job of jobs) {
    if (job.prediction === null) continue;
    ms += job.prediction.ms.mean;
    weight += weightOf(job);
  }
  const unit = weight === 0 ? 1 : ms / weight;
  return new Map(jobs.map((job) => [job.id, job.prediction?.ms.mean ?? weightOf(job) * unit]));
};
