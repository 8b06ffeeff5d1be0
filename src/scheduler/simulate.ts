/** When each job starts, and when the last one ends. Milliseconds from the start of the run. */
export type Simulated = { readonly starts: readonly number[]; readonly makespan: number };

/** Runs jobs in their order over lanes: a lane that is free takes the next one, as a run does. */
export const simulate = (times: readonly number[], lanes: number): Simulated => {
  const free = new Float64Array(Math.max(1, Math.min(lanes, times.length)));
  const starts: number[] = [];
  let makespan = 0;
  for (const ms of times) {
    let lane = 0;
    for (let i = 1; i < free.length; i += 1) if (free[i]! < free[lane]!) lane = i;
    starts.push(free[lane]!);
    free[lane]! += ms;
    makespan = Math.max(makespan, free[lane]!);
  }
  return { starts, makespan };
};

/** No order takes less: the longest job, and the sum over the lanes. */
export const lowerBound = (times: readonly number[], lanes: number): number => {
  let longest = 0;
  let sum = 0;
  for (const ms of times) {
    longest = Math.max(longest, ms);
    sum += ms;
  }
  return Math.max(longest, sum / lanes);
};
