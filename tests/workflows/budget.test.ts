import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RunMoney } from '../../workflows/run/money.ts';
import { affordable, moneyLeft, shareOf, spentBudget, timeLeft } from '../../workflows/theorem/budget.ts';
import { addCost, EMPTY_LEDGER, withAnswer, withJudged } from '../../workflows/theorem/ledger.ts';
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
  const ledger = withAnswer(EMPTY_LEDGER, answer(null, { costUsd: null }));
  expect(ledger.costUsd).toBeNull();
  expect(spentBudget({ ...budget, costUsd: 100 }, ledger)).toBe('cost');
  expect(spentBudget(budget, ledger)).toBeNull();
});

test('as many requests as are called affordable fit into the money, and one more does not', () => {
  fc.assert(
    fc.property(usd, usd, fc.integer({ min: 1, max: 20 }), (left, bound, samples) => {
      const fit = affordable(left, bound, samples);
      expect(fit * bound).toBeLessThanOrEqual(left + 1e-9);
      expect(fit).toBeLessThanOrEqual(samples);
      if (fit < samples) expect((fit + 1) * bound).toBeGreaterThan(left - 1e-9);
    }),
  );
  expect(affordable(null, 9, 4)).toBe(4);
  expect(shareOf(null, 4)).toBeNull();
});

test('budgets without a limit are never spent, and time is counted from the start', () => {
  expect(moneyLeft(budget, EMPTY_LEDGER)).toBeNull();
  expect(moneyLeft({ ...budget, costUsd: 1 }, { ...EMPTY_LEDGER, costUsd: 3 })).toBe(0);
  expect(timeLeft(budget, 5, 10)).toBeNull();
  expect(timeLeft({ ...budget, wallMs: 20 }, 5, 10)).toBe(15);
  expect(timeLeft({ ...budget, wallMs: 20 }, 5, 99)).toBe(0);
  expect(spentBudget({ ...budget, tokens: 15 }, withAnswer(EMPTY_LEDGER, answer(null)))).toBe('tokens');
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
      fc.array(theorem),
      fc.array(step),
      (limit, lanes, all, steps) => {
        const money = new RunMoney(0);
        const open = new Map<string, number>();
        let next = 0;
        for (const { start, which } of steps) {
          const one = all[next];
          if (start && one !== undefined && open.size < lanes) {
            const allowance = money.setAside(`${next}`, one.budget, limit, lanes) ?? Number.NaN;
            if (one.budget !== null) expect(allowance).toBeLessThanOrEqual(one.budget);
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

test('what a theorem did not spend is free again, and an unknown cost leaves nothing', () => {
  const money = new RunMoney(0);
  expect(money.setAside('a', null, 10, 2)).toBe(5);
  expect(money.setAside('b', 1, 10, 2)).toBe(1);
  expect(money.free(10)).toBe(4);
  money.settle('a', 2);
  expect(money.free(10)).toBe(7);
  expect(money.free(null)).toBeNull();
  money.settle('b', null);
  expect(money.free(10)).toBe(0);
});
