import pLimit from 'p-limit';

/** Runs `work` for 0 … count-1, `lanes` at a time; answers in that order. */
export const inLanes = <T>(lanes: number, count: number, work: (i: number) => Promise<T>): Promise<T[]> => {
  const limit = pLimit(lanes);
  return Promise.all(Array.from({ length: count }, (_, i) => limit(() => work(i))));
};
