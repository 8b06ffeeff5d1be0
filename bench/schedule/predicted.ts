import type { Interval, Prediction } from '../../src/model/index.ts';
import type { Job } from '../../src/scheduler/job.ts';
import type { RecordedTime, Rounds } from './recorded.ts';
import { keyOf, type Trained, trained, trainedOnOthers } from './trained.ts';

/**
 * What is known before the run that is played. perfect: its own times and outcomes. last: those of the round before,
 * of the same theorem. predictor: what the product's predictor says that was trained on the round before. predictor, new:
 * the same, trained on other theorems only. similar: the means of other theorems of its category and difficulty in the
 * round before. none: no data, so that difficulties order.
 */
export const KNOWLEDGE = ['perfect', 'last', 'predictor', 'predictor, new', 'similar', 'none'] as const;
export type Knowledge = (typeof KNOWLEDGE)[number];

const exactly = (mean: number) => ({ mean, low: mean, high: mean });
const solved = ({ outcome }: RecordedTime): number => (outcome === 'solved' ? 1 : 0);

const prediction = (ms: number | Interval, probability: number): Prediction => ({
  ms: typeof ms === 'number' ? exactly(ms) : ms,
  probability,
  tokens: exactly(0),
  usd: exactly(0),
  basis: 'history',
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);

const tenths = (values: readonly number[]): readonly [number, number] => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 1;
  return [at(0.1), at(0.9)];
};

const around = (ms: number, [low, high]: readonly [number, number]): Interval => ({
  mean: ms,
  low: Math.min(ms, low),
  high: Math.max(ms, high),
});

/** The narrowest group with at least this many other theorems speaks. */
const ENOUGH = 3;

const similar = (row: RecordedTime, before: readonly RecordedTime[]): Prediction => {
  const others = before.filter(({ id }) => id !== row.id);
  const alike = others.filter((o) => o.difficulty === row.difficulty);
  const close = alike.filter((o) => o.category === row.category);
  const group = [close, alike, others].find((some) => some.length >= ENOUGH) ?? others;
  const times = group.map(({ ms }) => ms);
  return prediction(around(mean(times), tenths(times)), mean(group.map(solved)));
};

/** What is known, whose making takes a while. */
export type Learned = Readonly<Partial<Record<Knowledge, Trained>>>;

export const learnedFrom = async (rounds: Rounds): Promise<Learned> => ({
  predictor: await trained(rounds),
  'predictor, new': await trainedOnOthers(rounds),
});

export const jobsKnowing = (
  knowledge: Knowledge,
  { round, before }: Rounds,
  learned: Learned,
): readonly Job[] => {
  const earlier = new Map(before.map((row) => [row.id, row]));
  // By how much two rounds differ is taken from these two: the interval alone, not the times, knows of the second.
  const spread = tenths(round.flatMap(({ id, ms }) => ms / (earlier.get(id)?.ms ?? ms)));
  const predict = (row: RecordedTime): Prediction | null => {
    if (knowledge === 'none') return null;
    const told = learned[knowledge];
    if (told !== undefined) return told.get(keyOf(row)) ?? null;
    if (knowledge === 'perfect') return prediction(row.ms, solved(row));
    const last = knowledge === 'last' ? earlier.get(row.id) : undefined;
    if (last === undefined) return similar(row, before);
    // An outcome that was seen once is no certainty: as of three trials, one of each kind beside it.
    const interval = around(last.ms, [last.ms * spread[0], last.ms * spread[1]]);
    return prediction(interval, (solved(last) + 1) / 3);
  };
  return round.map((row) => ({
    id: row.id,
    header: row.header,
    difficulty: row.difficulty,
    prediction: predict(row),
  }));
};
