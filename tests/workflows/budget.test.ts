import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RunMoney } from '../../workflows/run/money.ts';
import { samplesLeft, timeLeft, timeLeftOf } from '../../workflows/theorem/budget.ts';
import {
  addCost,
  EMPTY_LEDGER,
  withAnswer,
  withEstimate,
  withJudged,
} from '../../workflows/theorem/ledger.ts';
import { judged } from '../support/activities.ts';
import { answer, plan, proof } from '../support/theorems.ts';

const { budget } = plan();
const usd = fc.integer({ min: 0, max: 1_000 }).map((cents) => cents / 100);

test('an answer counts its tokens always and its cost only when it was paid now', () => {
  const paid = withAnswer(EMPTY_LEDGER, answer(proof('x'), { costUsd: 0.5, ms: 7 }));
  expect(paid).toMatchObject({ costUsd: 0.5, modelCalls: 1, cachedAnswers: 0, modelMs: 7, inputTokens: 10 });
  const cached = withAnswer(paid, answer(proof('x'), { costUsd: 0.5, ms: 2, cached: true }));
  expect(cached).toMatchObject({
    costUsd: 0.5,
    modelCalls: 1,
    cachedAnswers: 1,
    cacheMs: 2,
    inputTokens: 20,
  });
  expect(withJudged(cached, judged('x', true))).toMatchObject({ leanMs: 2, cacheMs: 3 });
});

test('an unknown cost stays unknown, whatever comes after it', () => {
  expect(addCost(null, 1)).toBeNull();
  expect(addCost(1, null)).toBeNull();
  expect(withAnswer(EMPTY_LEDGER, answer(null, { costUsd: null })).costUsd).toBeNull();
});

test('an estimate is part of the cost and marked as such, until the answer is found', () => {
  const lost = withEstimate(EMPTY_LEDGER, { usd: 0.5, tokens: 40 });
  expect(lost).toMatchObject({ costUsd: 0.5, estimatedUsd: 0.5, estimatedTokens: 40, estimatedCalls: 1 });
  expect(withEstimate(lost, { usd: 0.5, tokens: 40 }, -1)).toEqual(EMPTY_LEDGER);
  expect(withEstimate(EMPTY_LEDGER, { usd: null, tokens: 40 }).costUsd).toBeNull();
});

test('budgets without a limit are never spent, and time is counted from the start', () => {
  expect(timeLeft(budget, 5, 10)).toBeNull();
  expect(timeLeft({ ...budget, wallMs: 20 }, 5, 10)).toBe(15);
  expect(timeLeft({ ...budget, wallMs: 20 }, 5, 99)).toBe(0);
  expect(samplesLeft(budget, 7)).toBeNull();
  expect(samplesLeft({ ...budget, maxSamples: 8 }, 7)).toBe(1);
  expect(samplesLeft({ ...budget, maxSamples: 8 }, 9)).toBe(0);
});

test('the shorter time holds and says whose it is', () => {
  expect(timeLeftOf(budget, 0, null, 5)).toEqual({ left: null, scope: 'theorem' });
  expect(timeLeftOf({ ...budget, wallMs: 9 }, 0, 30, 5)).toEqual({ left: 4, scope: 'theorem' });
  expect(timeLeftOf({ ...budget, wallMs: 90 }, 0, 30, 5)).toEqual({ left: 25, scope: 'run' });
  expect(timeLeftOf(budget, 0, 3, 5)).toEqual({ left: 0, scope: 'run' });
});

test('a run never spends more than its limit, in whatever order theorems start and end', () => {
  const theorem = fc.record({
    budget: fc.option(usd, { nil: null }),
    /** How much of its allowance it spends. */
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const step = fc.record({ start: fc.boolean(), which: fc.nat(50) });
  fc.assert(
    fc.property(
      usd,
      fc.integer({ min: 1, max: 6 }),
      fc.option(usd, { nil: null }),
      fc.array(theorem),
      fc.array(step),
      (limit, lanes, need, all, steps) => {
        const money = new RunMoney(0, {}, need);
        const open = new Map<string, number>();
        let next = 0;
        for (const { start, which } of steps) {
          const one = all[next];
          if (start && one !== undefined && open.size < lanes) {
            const allowance = money.setAside(`${next}`, one.budget, limit, { lanes }) ?? Number.NaN;
            if (one.budget !== null) expect(allowance).toBeLessThanOrEqual(one.budget);
            // A share that buys nothing is given to nobody who is not alone.
            if (need !== null && open.size > 0 && allowance > 0)
              expect(allowance).toBeGreaterThanOrEqual(Math.min(need, one.budget ?? need));
            open.set(`${next}`, allowance * one.part);
            next += 1;
          } else if (open.size > 0) {
            const [id, cost] = [...open][which % open.size] as [string, number];
            money.settle(id, cost);
            open.delete(id);
          }
          const atMost = (money.spent ?? 0) + [...open.values()].reduce((sum, cost) => sum + cost, 0);
          expect(atMost).toBeLessThanOrEqual(limit + 1e-9);
        }
      },
    ),
  );
});

test('a limit that does not pay a request for each is shared by as many as it pays for', () => {
  const money = new RunMoney(0, {}, 0.3);
  const shares = ['a', 'b', 'c', 'd', 'e'].map((id) => money.setAside(id, null, 1, { lanes: 5 }) ?? -1);
  expect(shares.map((usd) => Number(usd.toFixed(4)))).toEqual([0.3333, 0.3333, 0.3333, 0, 0]);
  expect(money.isAwaited(1)).toBe(true);
  money.settle('a', 0.01);
  expect(money.isAwaited(1)).toBe(false);
  money.settle('d', 0);
  // It is known to need less than is usual.
  expect(money.setAside('d', null, 1, { lanes: 5, need: 0.1 })).toBeCloseTo(0.3233 / 2, 3);
  const poor = new RunMoney(0, {}, 5);
  // Nothing that others leave will be enough, so nobody waits for it.
  expect(poor.isAwaited(1)).toBe(false);
  expect(poor.setAside('a', null, 1, { lanes: 5 })).toBe(1);
});

test('what a theorem did not spend is free again, and an unknown cost leaves nothing', () => {
  const money = new RunMoney(0);
  expect(money.setAside('a', null, 10, { lanes: 2 })).toBe(5);
  expect(money.setAside('b', 1, 10, { lanes: 2 })).toBe(1);
  expect(money.free(10)).toBe(4);
  money.settle('a', 2);
  expect(money.free(10)).toBe(7);
  expect(money.free(null)).toBeNull();
  money.settle('b', null);
  expect(money.free(10)).toBe(0);
});

test('a changed limit is shared anew, and together theorems in flight never get more than it leaves', () => {
  fc.assert(
    fc.property(
      usd,
      usd,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (before, after, parts) => {
        const money = new RunMoney(0);
        const ids = parts.map((_, i) => `${i}`);
        const first = ids.map((id) => money.setAside(id, null, before, { lanes: ids.length }) ?? 0);
        const told = ids.map((id) => money.reallot(ids, after).get(id) ?? 0);
        expect(told.reduce((sum, x) => sum + x, 0)).toBeLessThanOrEqual(after + 1e-9);
        // What each has spent of what it was first given, and goes on to spend of what it is told.
        const spent = parts.map((part, i) => Math.max((first[i] ?? 0) * part, told[i] ?? 0));
        for (const [i, id] of ids.entries()) money.settle(id, spent[i] ?? 0);
        expect(money.spent).toBeLessThanOrEqual(Math.max(before, after) + 1e-9);
      },
    ),
  );
  const money = new RunMoney(0);
  money.setAside('a', null, 4, { lanes: 1 });
  expect(money.reallot(['a'], 6).get('a')).toBe(6);
  expect(money.reallot(['a'], 3).get('a')).toBe(3);
  expect(money.reallot(['a'], null).get('a')).toBeNull();
});
