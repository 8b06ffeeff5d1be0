import type { Job } from './job.ts';
import { drawFrom, uniforms } from './sample.ts';
import { simulate } from './simulate.ts';

const DRAWS = 60;

/**
 * Expected proofs of jobs with predictions before the limit ends the run, for any order of them: the mean over times that
 * are drawn once for all orders.
 */
export const solvedInTime = <J extends Job>(
  jobs: readonly J[],
  lanes: number,
  limitMs: number,
): ((order: readonly J[]) => number) => {
  const u = uniforms(0);
  const draws = Array.from(
    { length: DRAWS },
    () => new Map(jobs.map((job) => [job, drawFrom(job.prediction!.ms, u())])),
  );
  return (order) => {
    let solved = 0;
    for (const draw of draws) {
      const times = order.map((job) => draw.get(job)!);
      const { starts } = simulate(times, lanes);
      for (const [i, job] of order.entries())
        if (starts[i]! + times[i]! <= limitMs) solved += job.prediction!.probability;
    }
    return solved / DRAWS;
  };
};
