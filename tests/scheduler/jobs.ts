import fc from 'fast-check';
import { DIFFICULTIES, type Interval, type Prediction } from '../../src/model/index.ts';
import type { Job } from '../../src/scheduler/job.ts';

export const interval = (mean: number, spread = 0.5): Interval => ({
  mean,
  low: mean * (1 - spread),
  high: mean * (1 + spread),
});

export const prediction = (ms: number, more: Partial<Prediction> = {}): Prediction => ({
  ms: interval(ms),
  probability: 0.5,
  tokens: interval(0),
  usd: interval(0),
  basis: 'history',
  ...more,
});

export const job = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  header: '',
  difficulty: null,
  prediction: null,
  ...more,
});

const anyPrediction = fc
  .record({
    ms: fc.integer({ min: 1, max: 1000 }),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    usd: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ ms, probability, usd }) => prediction(ms, { probability, usd: interval(usd / 100) }));

export const anyJobs = ({
  least = 0,
  most = 12,
  data = fc.option(anyPrediction, { nil: null }),
}: {
  least?: number;
  most?: number;
  data?: fc.Arbitrary<Prediction | null>;
} = {}): fc.Arbitrary<readonly Job[]> =>
  fc
    .array(
      fc.record({
        header: fc.constantFrom('', 'import Std\n', 'import Lean\n'),
        difficulty: fc.option(fc.constantFrom(...DIFFICULTIES), { nil: null }),
        prediction: data,
      }),
      { minLength: least, maxLength: most },
    )
    .map((jobs) => jobs.map((one, i) => job(`t${i}`, one)));

export const anyKnown = (most: number) => anyJobs({ least: 1, most, data: anyPrediction });

export const permutations = <T>(list: readonly T[]): T[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((first, i) => permutations(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
