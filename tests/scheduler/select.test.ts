import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Item, Limits } from '../../src/scheduler/packing.ts';
import { select } from '../../src/scheduler/select.ts';

const items = (most: number): fc.Arbitrary<readonly Item[]> =>
  fc
    .array(
      fc.record({
        value: fc.integer({ min: 0, max: 20 }),
        ms: fc.integer({ min: 0, max: 20 }),
        usd: fc.nat(9),
      }),
      { maxLength: most },
    )
    .map((list) => list.map((one, i) => ({ id: `t${i}`, ...one, value: one.value / 20 })));

const limit = (most: number) => fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: most }));
const limits: fc.Arbitrary<Limits> = fc.record({
  lanes: fc.integer({ min: 1, max: 3 }),
  ms: limit(40),
  usd: limit(25),
});

/** Tries each theorem in each lane and in none. */
const bruteForce = (list: readonly Item[], { lanes, ms, usd }: Limits): number => {
  const loads = Array.from({ length: lanes }, () => 0);
  const best = (i: number, money: number): number => {
    const item = list[i];
    if (item === undefined) return 0;
    let most = best(i + 1, money);
    if (item.usd > money) return most;
    for (const lane of loads.keys()) {
      if (loads[lane]! + item.ms > ms) continue;
      loads[lane]! += item.ms;
      most = Math.max(most, item.value + best(i + 1, money - item.usd));
      loads[lane]! -= item.ms;
    }
    return most;
  };
  return best(0, usd);
};

test('a small choice is the best one: as good as trying everything', () => {
  fc.assert(
    fc.property(items(7), limits, (list, room) => {
      const { value, exact } = select(list, room);
      expect(exact).toBe(true);
      expect(value).toBeCloseTo(bruteForce(list, room), 9);
    }),
    { numRuns: 300 },
  );
});

test('whatever the size, a choice keeps the limits, holds nothing twice, and lies below its bound', () => {
  fc.assert(
    fc.property(items(260), limits, (list, room) => {
      const { lanes, value, bound } = select(list, room);
      const chosen = lanes.flat();
      expect(new Set(chosen).size).toBe(chosen.length);
      for (const lane of lanes)
        expect(lane.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(room.ms);
      if (room.ms < Infinity) expect(lanes.length).toBeLessThanOrEqual(room.lanes);
      expect(chosen.reduce((sum, { usd }) => sum + usd, 0)).toBeLessThanOrEqual(room.usd);
      expect(chosen.reduce((sum, one) => sum + one.value, 0)).toBeCloseTo(value, 6);
      expect(value).toBeLessThanOrEqual(bound + 1e-9);
    }),
    { numRuns: 60 },
  );
});

test('beyond the search: on one lane under one limit at least half of the best, and close to its bound', () => {
  const many = fc.array(
    fc.record({ value: fc.integer({ min: 1, max: 100 }), ms: fc.integer({ min: 1, max: 1_000 }) }),
    { minLength: 201, maxLength: 400 },
  );
  fc.assert(
    fc.property(many, fc.integer({ min: 1_000, max: 50_000 }), (list, ms) => {
      const { value, bound } = select(
        list.map((one, i) => ({ id: `t${i}`, usd: 0, ...one })),
        { lanes: 1, ms, usd: Infinity },
      );
      expect(value).toBeGreaterThanOrEqual(bound / 2 - 1e-6);
    }),
    { numRuns: 40 },
  );
});
