import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ORDERS } from '../../src/scheduler/order.ts';
import { planRun } from '../../src/scheduler/plan.ts';
import { anyJobs, interval, job, prediction } from './jobs.ts';

const free = { lanes: 2, order: null, withinMs: null, maxCostUsd: null } as const;
const ids = (jobs: readonly { readonly id: string }[]) => jobs.map(({ id }) => id);

test('every theorem is run or left out with a reason, once, and what is run ends within the limits', () => {
  const asked = fc.record({
    lanes: fc.integer({ min: 1, max: 4 }),
    order: fc.option(fc.constantFrom(...ORDERS), { nil: null }),
    withinMs: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: null }),
    maxCostUsd: fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { nil: null }),
  });
  fc.assert(
    fc.property(anyJobs({ most: 14 }), asked, (jobs, room) => {
      const plan = planRun(jobs, room);
      expect([...ids(plan.jobs), ...plan.left.map(({ job: { id } }) => id)].toSorted()).toEqual(
        ids(jobs).toSorted(),
      );
      expect(plan.left.every((one) => one.job.prediction !== null)).toBe(true);
      const known = plan.jobs.flatMap((one) => (one.prediction === null ? [] : [one.prediction]));
      const times = known.map((p) => p.ms.mean);
      if (room.withinMs !== null) {
        const whole = times.reduce((sum, ms) => sum + ms, 0);
        expect(Math.max(0, ...times)).toBeLessThanOrEqual(room.withinMs);
        expect(whole).toBeLessThanOrEqual(room.withinMs * room.lanes + 1e-6);
      }
      const usd = known.reduce((sum, p) => sum + (p.usd?.mean ?? 0), 0);
      if (room.maxCostUsd !== null) expect(usd).toBeLessThanOrEqual(room.maxCostUsd + 1e-6);
    }),
  );
});

test('no data: nothing is foretold or left out, and the difficulty decides', () => {
  const jobs = [job('a', { difficulty: 'easy' }), job('b', { difficulty: 'hard' })];
  const plan = planRun(jobs, { ...free, withinMs: 1 });
  expect(plan).toMatchObject({ left: [], forecast: null, unknown: 2, selection: null, reordered: false });
  expect(ids(planRun(jobs, free).jobs)).toEqual(['b', 'a']);
});

test('longest-first by default; under a limit value, and without data last', () => {
  const jobs = [
    job('new', { difficulty: 'very_hard' }),
    job('short', { prediction: prediction(100) }),
    job('long', { prediction: prediction(900, { probability: 0.9 }) }),
  ];
  expect(planRun(jobs, free)).toMatchObject({ order: 'longest-first' });
  const limited = planRun(jobs, { ...free, withinMs: 5_000 });
  expect(limited).toMatchObject({ order: 'value', left: [], unknown: 1 });
  expect(ids(limited.jobs)).toEqual(['short', 'long', 'new']);
});

test('what is left out has its reason', () => {
  const jobs = [
    job('good', { prediction: prediction(1_000, { probability: 0.9, usd: interval(0.5) }) }),
    job('slow', { prediction: prediction(9_000) }),
    job('dear', { prediction: prediction(10, { usd: interval(3) }) }),
    job('weak', { prediction: prediction(1_500, { probability: 0.1 }) }),
  ];
  const plan = planRun(jobs, { lanes: 1, order: 'file', withinMs: 2_000, maxCostUsd: 1 });
  expect(ids(plan.jobs)).toEqual(['good']);
  expect(plan.left.map(({ job: { id }, why }) => [id, why])).toEqual([
    ['slow', 'time'],
    ['dear', 'money'],
    ['weak', 'room'],
  ]);
  expect(plan.selection).toMatchObject({ value: 0.9, exact: true });
});

test('an order that would end too late gives way where another brings more in time', () => {
  const sure = (id: string, ms: number) =>
    job(id, { prediction: prediction(ms, { ms: { mean: ms, low: ms, high: ms } }) });
  const jobs = [sure('a', 1), sure('b', 1), sure('c', 2)];
  const asked = { lanes: 2, order: 'file', withinMs: 2, maxCostUsd: null } as const;
  const plan = planRun(jobs, asked);
  expect(plan).toMatchObject({ left: [], reordered: true, forecast: { within: 1 } });
  expect(ids(plan.jobs)).toEqual(['c', 'a', 'b']);
  expect(planRun(jobs, { ...asked, order: 'longest-first' }).reordered).toBe(false);
});
