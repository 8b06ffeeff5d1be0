import { readFile } from 'node:fs/promises';

/** Resident MiB of a process; null: it is gone. */
export const residentMiB = async (pid: number | undefined): Promise<number | null> => {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kib = /VmRSS:\s+(\d+)/.exec(status)?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
};

export type Trend = {
  readonly samples: number;
  /** MiB, the mean of the second, the middle and the last tenth; the first is start-up. */
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  readonly most: number;
  /** The last tenth is at most a quarter above the middle. */
  readonly flat: boolean;
};

export const trendOf = (samples: readonly number[]): Trend | null => {
  if (samples.length < 20) return null;
  const tenth = Math.floor(samples.length / 10);
  const mean = (from: number) => {
    const part = samples.slice(from, from + tenth);
    return part.reduce((sum, n) => sum + n, 0) / part.length;
  };
  const [start, middle, end] = [
    mean(tenth),
    mean(Math.floor(samples.length / 2)),
    mean(-tenth + samples.length),
  ];
  return {
    samples: samples.length,
    start,
    middle,
    end,
    most: Math.max(...samples),
    flat: end <= middle * 1.25,
  };
};
