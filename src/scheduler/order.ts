import { effortsOf, type Job, weightOf } from './job.ts';

/**
 * file: as the suite has them. easy-first: by difficulty, then by predicted time. longest-first: what is expected to
 * take longest goes first, so that nothing long is left for the end. value: expected solved per cost, the best first.
 */
export const ORDERS = ['file', 'easy-first', 'longest-first', 'value'] as const;
export type Order = (typeof ORDERS)[number];

type Rank = (job: Job) => readonly number[];

const LEAST_MS = 1;
const LEAST_USD = 1e-9;

/**
 * The chance of a proof per US dollar where the run costs money, else per second. Without data the chance is one over
 * the weight and the cost that of an average theorem of the run.
 */
const valueRank = (jobs: readonly Job[]): Rank => {
  const efforts = effortsOf(jobs);
  const costs = jobs.flatMap(({ prediction }) => (prediction?.usd ? [prediction.usd.mean] : []));
  const paid = costs.some((usd) => usd > 0);
  const meanUsd = costs.reduce((sum, usd) => sum + usd, 0) / Math.max(1, costs.length);
  return (job) => {
    const chance = job.prediction?.probability ?? 1 / weightOf(job);
    const perMs = chance / Math.max(LEAST_MS, efforts.get(job.id) ?? 0);
    const usd = job.prediction?.usd?.mean ?? meanUsd;
    return paid ? [-chance / Math.max(LEAST_USD, usd), -perMs] : [-perMs];
  };
};

const rankFor = (order: Order, jobs: readonly Job[]): Rank => {
  if (order === 'file') return () => [];
  if (order === 'value') return valueRank(jobs);
  const efforts = effortsOf(jobs);
  const effort = (job: Job) => efforts.get(job.id) ?? 0;
  return order === 'longest-first' ? (job) => [-effort(job)] : (job) => [weightOf(job), effort(job)];
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - (b[i] ?? 0);
  return 0;
};

/** The jobs in the order of a policy; those that it does not tell apart stay as they stood. */
export const ordered = <J extends Job>(jobs: readonly J[], order: Order): readonly J[] => {
  const rank = rankFor(order, jobs);
  return jobs
    .map((job) => ({ job, rank: rank(job) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ job }) => job);
};
