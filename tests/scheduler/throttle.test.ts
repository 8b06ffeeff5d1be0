import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterAnswer, afterLimit, unthrottled } from '../../src/scheduler/throttle.ts';

test('a limit halves, requests that were under way with it do not halve it again, and answers grow it by one', () => {
  const once = afterLimit(unthrottled(8), 0, 1_000, 500);
  expect(once).toMatchObject({ limit: 4, epoch: 1, notBefore: 1_500 });
  const sibling = afterLimit(once, 0, 1_100, 900);
  expect(sibling).toMatchObject({ limit: 4, epoch: 1, notBefore: 2_000 });
  expect(afterLimit(sibling, 1, 1_200, null)).toMatchObject({ limit: 2, epoch: 2, notBefore: 2_000 });
  const grown = [1, 2, 3, 4].reduce(afterAnswer, once);
  expect(grown).toMatchObject({ limit: 5, answers: 0 });
});

test('whatever comes, the limit stays between one and what it was set up with, and the wait never shrinks', () => {
  const event = fc.record({
    limited: fc.boolean(),
    back: fc.nat(3),
    wait: fc.option(fc.nat(5_000), { nil: null }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.array(event), (most, events) => {
      let t = unthrottled(most);
      for (const [now, { limited, back, wait }] of events.entries()) {
        const before = t;
        t = limited ? afterLimit(t, Math.max(0, t.epoch - back), now, wait) : afterAnswer(t);
        expect(t.limit).toBeGreaterThanOrEqual(1);
        expect(t.limit).toBeLessThanOrEqual(most);
        expect(t.notBefore).toBeGreaterThanOrEqual(before.notBefore);
        if (!limited) expect(t.limit).toBeGreaterThanOrEqual(before.limit);
      }
    }),
  );
});

test('after a limit the old concurrency comes back, with answers enough', () => {
  let t = afterLimit(unthrottled(8), 0, 0, null);
  for (let i = 0; i < 4 + 5 + 6 + 7; i++) t = afterAnswer(t);
  expect(t.limit).toBe(8);
});
