import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimate, powersUpTo } from '../../../src/report/statistics/estimate.ts';
import { bootstrapMean, intervalOf, wilson } from '../../../src/report/statistics/interval.ts';
import { passAtK, passBounds } from '../../../src/report/statistics/pass-at-k.ts';

/** C(n, k) as it is defined. */
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

const samples = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 14 }))
  .map(([n, c, k]) => ({ n, c: Math.min(c, n), k }));

it('pass@k is the share of the draws of k samples that hold a right one, and undefined where fewer were scored', () => {
  fc.assert(
    fc.property(samples, ({ n, c, k }) => {
      let draws = 0;
      let right = 0;
      for (let set = 0; set < 1 << n; set += 1) {
        const chosen = Array.from({ length: n }, (_, i) => (set >> i) & 1);
        if (chosen.reduce((a, b) => a + b, 0) !== k) continue;
        draws += 1;
        if (chosen.slice(0, c).includes(1)) right += 1;
      }
      const value = passAtK(n, c, k);
      if (k > n) expect(value).toBeNull();
      else expect(value).toBeCloseTo(right / draws, 9);
    }),
    { numRuns: 60 },
  );
});

it('pass@k is unbiased: its mean over all numbers of right samples is 1 - (1 - p)^k', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, k, p) => {
        fc.pre(k <= n);
        let mean = 0;
        for (let c = 0; c <= n; c += 1)
          mean += choose(n, c) * p ** c * (1 - p) ** (n - c) * passAtK(n, c, k)!;
        expect(mean).toBeCloseTo(1 - (1 - p) ** k, 6);
      },
    ),
  );
});

it('whatever the samples that a proof ended would have brought, the estimate lies within the bounds', () => {
  fc.assert(
    fc.property(
      samples,
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 8 }),
      (s, missing, more) => {
        const accepted = Math.max(1, s.c);
        const known = { planned: s.n + missing, scored: s.n, accepted };
        const bounds = passBounds(known, s.k);
        const whole = passAtK(known.planned, accepted + Math.min(more, missing), s.k);
        if (whole === null || bounds === null) return expect(bounds).toBe(whole);
        expect(bounds.low).toBeLessThanOrEqual(whole + 1e-12);
        expect(bounds.high).toBeGreaterThanOrEqual(whole - 1e-12);
      },
    ),
  );
  // One of all planned samples is right, so of all of them together nothing is unknown.
  expect(passBounds({ planned: 8, scored: 3, accepted: 1 }, 8)).toEqual({ low: 1, high: 1 });
  expect(passBounds({ planned: 8, scored: 3, accepted: 1 }, 1)).toEqual({ low: 1 / 8, high: 6 / 8 });
});

it('a sample that failed counts for nothing: the estimate is made of the others; where they are too few it is undefined, not dropped', () => {
  expect(passBounds({ planned: 4, scored: 3, accepted: 0 }, 2)).toEqual({ low: 0, high: 0 });
  expect(passBounds({ planned: 4, scored: 1, accepted: 0 }, 2)).toEqual({ low: 0, high: 1 });
  expect(passBounds({ planned: 4, scored: 0, accepted: 0 }, 1)).toEqual({ low: 0, high: 1 });
  expect(passBounds({ planned: 4, scored: 4, accepted: 0 }, 5)).toBeNull();
});

it("Wilson's interval has the published value, and holds the share", () => {
  const { low, high } = wilson(8, 10);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
  fc.assert(
    fc.property(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 500 }), (c, n) => {
      const successes = Math.min(c, n);
      const one = wilson(successes, n);
      expect(one.low).toBeGreaterThanOrEqual(0);
      expect(one.high).toBeLessThanOrEqual(1);
      expect(one.low).toBeLessThanOrEqual(successes / n);
      expect(one.high).toBeGreaterThanOrEqual(successes / n);
    }),
  );
});

it('the bootstrap says the same for the same values, lies within them, and narrows with more of them', () => {
  const values = [0, 0.25, 0.5, 0.75, 1];
  const once = bootstrapMean(values);
  expect(bootstrapMean(values)).toEqual(once);
  expect(once.low).toBeGreaterThan(0);
  expect(once.high).toBeLessThan(1);
  const more = bootstrapMean(Array.from({ length: 20 }, () => values).flat());
  expect(more.high - more.low).toBeLessThan((once.high - once.low) / 2);
});

it('an estimate over theorems: shares by Wilson, others by bootstrap, bounds without a value, none without theorems', () => {
  const exact = (x: number) => ({ low: x, high: x });
  expect(estimate([exact(1), exact(0), null])).toMatchObject({
    ...{ theorems: 2, without: 1, value: 0.5 },
    interval: { method: 'wilson' },
  });
  expect(intervalOf([exact(0.5), exact(1)])?.method).toBe('bootstrap');
  expect(estimate([exact(1), { low: 0.25, high: 0.75 }])).toMatchObject({
    value: null,
    low: 0.625,
    high: 0.875,
  });
  expect(estimate([null])).toEqual({
    ...{ theorems: 0, without: 1, value: null, low: null, high: null, interval: null },
  });
});

it('the ks are powers of two and the largest', () => {
  expect([0, 1, 2, 5, 8].map(powersUpTo)).toEqual([[], [1], [1, 2], [1, 2, 4, 5], [1, 2, 4, 8]]);
});
