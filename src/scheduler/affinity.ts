import type { Job } from './job.ts';

const MOST = 16;
const SHARE = 0.1;

/** By how many places a theorem may move for the sake of its header: a tenth of the run, and never more than 16. */
export const placesFor = (count: number): number => Math.min(MOST, Math.floor(count * SHARE));

/**
 * Keeps theorems with the same header together, so that a Lean slot changes environments less often. Each stands at
 * most `places` before or behind its place in `jobs`.
 */
export const withAffinity = <J extends Pick<Job, 'header'>>(
  jobs: readonly J[],
  places = placesFor(jobs.length),
): readonly J[] => {
  const taken = new Set<number>();
  const result: J[] = [];
  let first = 0;
  for (let at = 0; at < jobs.length; at += 1) {
    while (taken.has(first)) first += 1;
    const header = result.at(-1)?.header;
    let next = first;
    // What has waited for as long as it may goes before any header.
    if (first > at - places)
      for (let i = first; i <= at + places && i < jobs.length; i += 1)
        if (!taken.has(i) && jobs[i]!.header === header) {
          next = i;
          break;
        }
    taken.add(next);
    result.push(jobs[next]!);
  }
  return result;
};
