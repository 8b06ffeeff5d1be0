import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Load } from '../../src/model/index.ts';
import { utilisationOf } from '../../src/report/utilisation.ts';

const load = (at: number, busyMs: number, more: Partial<Load> = {}): Load => ({
  ...{ worker: 'a', at, ms: 1_000, cpu: 0.5, memory: 0.2, slots: 2, busyMs, availableMs: 2_000 },
  ...more,
});

test('busy by available slot-milliseconds, over all workers, with the CPU beside it', () => {
  const loads = [
    load(1_000, 2_000),
    load(2_000, 1_000, { cpu: 0.9 }),
    load(2_000, 0, { worker: 'b', cpu: null }),
  ];
  expect(utilisationOf(loads, 0, 2_000)).toEqual({
    ...{ busyMs: 3_000, availableMs: 6_000, share: 0.5, workers: 2 },
    cpu: { mean: 0.7, highest: 0.9 },
  });
});

test('a sample counts by its part inside, and nothing recorded is no figure', () => {
  expect(utilisationOf([load(1_000, 2_000), load(2_000, 0)], 500, 1_250)?.share).toBeCloseTo(1_000 / 1_500);
  expect(utilisationOf([], 0, 10)).toBeNull();
  expect(utilisationOf([load(1_000, 5)], 1_000, 2_000)).toBeNull();
  expect(utilisationOf([load(1_000, 0, { cpu: null })], 0, 1_000)).toMatchObject({ share: 0, cpu: null });
});

test('whatever was recorded, it is a share', () => {
  const one = fc.record({ at: fc.nat(10_000), ms: fc.nat(3_000), busy: fc.nat(9_000), slots: fc.nat(4) });
  fc.assert(
    fc.property(fc.array(one), fc.nat(10_000), fc.nat(10_000), (rows, from, length) => {
      const loads = rows.map(({ at, ms, busy, slots }) => load(at, busy, { ms, availableMs: slots * ms }));
      const share = utilisationOf(loads, from, from + length)?.share ?? 0;
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }),
  );
});
