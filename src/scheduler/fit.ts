import type { Job } from './job.ts';
import { simulate } from './simulate.ts';

const timesOf = (jobs: readonly Job[]): readonly number[] =>
  jobs.map(({ prediction }) => prediction?.ms.mean ?? 0);

/** More than that would not be the policy's order any more. */
const MOST_MOVED = 64;

/**
 * Moves what would end after the limit to the front, one after the other and the longest of them first, until all end in
 * time; the rest keeps its order. null = that does not do.
 */
export const fitInto = <J extends Job>(
  jobs: readonly J[],
  lanes: number,
  limitMs: number,
): readonly J[] | null => {
  const moved = new Set<J>();
  let order = jobs;
  while (moved.size <= MOST_MOVED) {
    const times = timesOf(order);
    const { starts } = simulate(times, lanes);
    const late = order.findLast((_job, i) => starts[i]! + times[i]! > limitMs);
    if (late === undefined) return order;
    if (moved.has(late)) return null;
    moved.add(late);
    const front = [...moved].toSorted((a, b) => b.prediction!.ms.mean - a.prediction!.ms.mean);
    order = [...front, ...jobs.filter((job) => !moved.has(job))];
  }
  return null;
};
