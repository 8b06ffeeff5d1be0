import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placesFor, withAffinity } from '../../src/scheduler/affinity.ts';
import { effortsOf, WEIGHTS, weightOf } from '../../src/scheduler/job.ts';
import { ORDERS, type Order, ordered } from '../../src/scheduler/order.ts';
import { anyJobs, anyKnown, interval, job, permutations, prediction } from './jobs.ts';

const anyOrder = fc.constantFrom(...ORDERS);
const ids = (jobs: readonly { readonly id: string }[]) => jobs.map(({ id }) => id);

test('the weights of difficulties', () => {
  expect(WEIGHTS).toEqual({ easy: 1, medium: 1.5, hard: 2, very_hard: 3 });
});

test('every policy runs every theorem once, the same for the same input, and file is the order of the file', () => {
  fc.assert(
    fc.property(anyJobs(), anyOrder, (jobs, order) => {
      const run = withAffinity(ordered(jobs, order));
      expect(ids(run).toSorted()).toEqual(ids(jobs).toSorted());
      expect(run).toEqual(withAffinity(ordered(jobs, order)));
      expect(ordered(jobs, 'file')).toEqual(jobs);
    }),
  );
});

test('without data the difficulty alone decides, and theorems of one difficulty stay as they stood', () => {
  const jobs = [
    job('m1', { difficulty: 'medium' }),
    job('h1', { difficulty: 'hard' }),
    job('e1', { difficulty: 'easy' }),
    job('h2', { difficulty: 'hard' }),
    job('v1', { difficulty: 'very_hard' }),
    job('m2'),
  ];
  const by = (order: Order) => ids(ordered(jobs, order));
  expect(by('longest-first')).toEqual(['v1', 'h1', 'h2', 'm1', 'm2', 'e1']);
  expect(by('easy-first')).toEqual(['e1', 'm1', 'm2', 'h1', 'h2', 'v1']);
  expect(by('value')).toEqual(['e1', 'm1', 'm2', 'h1', 'h2', 'v1']);
});

test('easy-first goes by difficulty and then by time, longest-first by time alone', () => {
  fc.assert(
    fc.property(anyJobs(), (jobs) => {
      const efforts = effortsOf(jobs);
      const effort = (id: string) => efforts.get(id) ?? Number.NaN;
      for (const [a, b] of pairs(ordered(jobs, 'longest-first')))
        expect(effort(a.id)).toBeGreaterThanOrEqual(effort(b.id));
      for (const [a, b] of pairs(ordered(jobs, 'easy-first'))) {
        expect(weightOf(a)).toBeLessThanOrEqual(weightOf(b));
        if (weightOf(a) === weightOf(b)) expect(effort(a.id)).toBeLessThanOrEqual(effort(b.id));
      }
    }),
  );
});

test('a theorem without data counts as its weight in what the others took', () => {
  const jobs = [
    job('known', { difficulty: 'hard', prediction: prediction(4_000) }),
    job('easy', { difficulty: 'easy' }),
    job('very hard', { difficulty: 'very_hard' }),
  ];
  expect([...effortsOf(jobs).values()]).toEqual([4_000, 2_000, 6_000]);
});

test('value on one lane: no order has more solved at every moment taken together', () => {
  fc.assert(
    fc.property(anyKnown(6), (jobs) => {
      const free = jobs.map((one) => ({
        ...one,
        prediction: one.prediction === null ? null : { ...one.prediction, usd: interval(0) },
      }));
      // The wait for what is solved, which is least where solved over time is most.
      const wait = (run: typeof free) => {
        let at = 0;
        let sum = 0;
        for (const { prediction: p } of run) {
          at += p?.ms.mean ?? 0;
          sum += at * (p?.probability ?? 0);
        }
        return sum;
      };
      const best = Math.min(...permutations(free).map(wait));
      expect(wait([...ordered(free, 'value')])).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-9);
    }),
    { numRuns: 40 },
  );
});

test('where money is asked value goes by the chance per dollar', () => {
  const of = (id: string, probability: number, usd: number, ms: number) =>
    job(id, { prediction: prediction(ms, { probability, usd: interval(usd) }) });
  const jobs = [of('dear', 0.9, 0.9, 10), of('cheap', 0.5, 0.1, 5_000), of('free', 0.2, 0, 9_000)];
  expect(ids(ordered(jobs, 'value'))).toEqual(['free', 'cheap', 'dear']);
});

test('affinity moves no theorem further than its bound, and loses none', () => {
  fc.assert(
    fc.property(anyJobs({ most: 40 }), fc.nat(12), (jobs, places) => {
      const run = withAffinity(jobs, places);
      expect(ids(run).toSorted()).toEqual(ids(jobs).toSorted());
      for (const [at, one] of run.entries())
        expect(Math.abs(at - jobs.indexOf(one))).toBeLessThanOrEqual(places);
    }),
  );
});

test('affinity keeps headers together: fewer changes than before', () => {
  const jobs = Array.from({ length: 100 }, (_, i) => job(`t${i}`, { header: `import H${i % 2}\n` }));
  const changes = (run: typeof jobs) => pairs(run).filter(([a, b]) => a.header !== b.header).length;
  expect(placesFor(100)).toBe(10);
  expect(changes(jobs)).toBe(99);
  expect(changes([...withAffinity(jobs)])).toBeLessThanOrEqual(12);
});

const pairs = <T>(list: readonly T[]): [T, T][] => list.slice(1).map((b, i) => [list[i]!, b]);
