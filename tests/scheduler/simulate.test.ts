import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { forecast } from '../../src/scheduler/forecast.ts';
import { drawFrom, uniforms } from '../../src/scheduler/sample.ts';
import { lowerBound, simulate } from '../../src/scheduler/simulate.ts';
import { interval, prediction } from './jobs.ts';

const times = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 30 });
const lanes = fc.integer({ min: 1, max: 20 });

test('a lane that is free takes the next theorem', () => {
  expect(simulate([5, 3, 4, 1], 2)).toEqual({ starts: [0, 0, 3, 5], makespan: 7 });
  expect(simulate([], 4)).toEqual({ starts: [], makespan: 0 });
});

test('starts never go back, no more run at once than there are lanes, and no order is off by more than 2 - 1/m', () => {
  fc.assert(
    fc.property(times, lanes, (ms, m) => {
      const { starts, makespan } = simulate(ms, m);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      for (const at of starts) {
        const running = ms.filter((t, i) => starts[i]! <= at && at < starts[i]! + t);
        expect(running.length).toBeLessThanOrEqual(m);
      }
      expect(makespan).toBeGreaterThanOrEqual(lowerBound(ms, m) - 1e-6);
      expect(makespan).toBeLessThanOrEqual((2 - 1 / m) * lowerBound(ms, m) + 1e-6);
    }),
  );
});

test('draws have the interval: its mean, and a tenth beyond each bound', () => {
  const u = uniforms(7);
  for (const given of [interval(100), { mean: 40, low: 10, high: 90 }, { mean: 0, low: 0, high: 0 }]) {
    const draws = Array.from({ length: 20_000 }, () => drawFrom(given, u()));
    const share = (of: (x: number) => boolean) => draws.filter(of).length / draws.length;
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    expect(Math.abs(mean - given.mean)).toBeLessThanOrEqual(0.02 * given.mean);
    expect(share((x) => x < given.low)).toBeCloseTo(given.mean === 0 ? 0 : 0.1, 1);
    expect(share((x) => x > given.high)).toBeCloseTo(given.mean === 0 ? 0 : 0.1, 1);
  }
});

test('a forecast holds its mean, is the same for the same input, and says how likely the limit holds', () => {
  const some = Array.from({ length: 20 }, (_, i) => prediction(1_000 + 100 * i, { usd: interval(0.1) }));
  const told = forecast(some, { lanes: 4, withinMs: 60_000 });
  expect(told).toEqual(forecast(some, { lanes: 4, withinMs: 60_000 }));
  for (const { low, mean, high } of [told.makespan, told.solved, told.tokens, told.usd!])
    expect([low <= mean, mean <= high]).toEqual([true, true]);
  expect(told.solved.mean).toBeCloseTo(10);
  expect(told.usd?.mean).toBeCloseTo(2);
  expect(told.within).toBe(1);
  expect(forecast(some, { lanes: 4, withinMs: 100 }).within).toBe(0);
  expect(forecast([prediction(5, { usd: null })], { lanes: 1 }).usd).toBeNull();
});
