import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  Account,
  type Caps,
  isRefusal,
  type Kept,
  type Reservation,
} from '../../workflows/budget/account.ts';
import { boughtOf, withAllowance } from '../../workflows/budget/child.ts';
import { EMPTY_LEDGER } from '../../workflows/theorem/ledger.ts';

const usd = fc.integer({ min: 0, max: 1_000 }).map((cents) => cents / 100);
const caps = fc.record({
  usd: fc.option(usd, { nil: null }),
  tokens: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
});

/** A provider bills at most what the bound of a request says; `part` of it here. */
const step = fc.record({
  what: fc.constantFrom('reserve', 'settle', 'store', 'release', 'lose', 'find', 'limit'),
  which: fc.nat(20),
  prover: fc.nat(1),
  usd,
  tokens: fc.integer({ min: 0, max: 200 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});

const holds = (account: Account, limit: Caps): void => {
  const { spent, reserved } = account;
  if (limit.usd !== null)
    expect((spent.usd ?? 0) + (reserved.usd ?? 0)).toBeLessThanOrEqual(limit.usd + 1e-9);
  if (limit.tokens !== null) expect(spent.tokens + reserved.tokens).toBeLessThanOrEqual(limit.tokens + 1e-6);
};

describe('whatever is asked, answered, lost and found, in any order', () => {
  test('spent and reserved never exceed the limit of a prover, of the theorem, of the run', () => {
    fc.assert(
      fc.property(
        caps,
        caps,
        caps,
        fc.array(step, { maxLength: 60 }),
        (ofRun, ofTheorem, ofProver, steps) => {
          const run = new Account('run', () => ofRun);
          const theorem = new Account('theorem', () => ofTheorem, run);
          const provers = [0, 1].map(() => new Account('prover', () => ofProver, theorem)) as [
            Account,
            Account,
          ];
          const open: Reservation[] = [];
          const lost: { kept: Kept; billed: number; tokens: number }[] = [];
          let billed = 0;
          for (const s of steps) {
            const one = open[s.which % Math.max(1, open.length)];
            const close = () => open.splice(open.indexOf(one as Reservation), 1);
            if (s.what === 'reserve') {
              const made = (provers[s.prover] as Account).reserve({ usd: s.usd, tokens: s.tokens });
              if (!isRefusal(made)) open.push(made);
            } else if (s.what === 'find') {
              const found = lost.pop();
              if (found !== undefined) {
                found.kept.undo();
                // The same account, at once: what it really took.
                const again = (provers[0] as Account).reserve({ usd: 0, tokens: 0 });
                if (!isRefusal(again)) again.settle({ usd: found.billed, tokens: found.tokens });
              }
            } else if (one !== undefined) {
              const bill = (one.amount.usd ?? 0) * s.part;
              const tokens = Math.floor(one.amount.tokens * s.part);
              close();
              if (s.what === 'settle') {
                billed += bill;
                one.settle({ usd: bill, tokens });
              } else if (s.what === 'store') one.settle({ usd: 0, tokens }, { usd: 0, tokens: 0 });
              else if (s.what === 'release') one.release();
              else {
                billed += bill;
                lost.push({ kept: one.keep(), billed: bill, tokens });
              }
            }
            holds(run, ofRun);
            holds(theorem, ofTheorem);
            expect(billed).toBeLessThanOrEqual((run.spent.usd ?? 0) + 1e-9);
          }
          if (ofRun.usd !== null) expect(billed).toBeLessThanOrEqual(ofRun.usd + 1e-9);
        },
      ),
    );
  });
});

test('a refusal says which limit of whom, and whether room may come', () => {
  const run = new Account('run', () => ({ usd: 1, tokens: null }));
  const theorem = new Account('theorem', () => ({ usd: null, tokens: 10 }), run);
  const held = theorem.reserve({ usd: 0.8, tokens: 4 });
  expect(theorem.reserve({ usd: 0.3, tokens: 1 })).toEqual({
    refused: 'cost',
    scope: 'run',
    mayCome: true,
    unpriced: false,
  });
  expect(theorem.reserve({ usd: 0, tokens: 7 })).toMatchObject({ refused: 'tokens', scope: 'theorem' });
  if (!isRefusal(held)) held.settle({ usd: 0.8, tokens: 4 });
  expect(theorem.reserve({ usd: 0.3, tokens: 1 })).toMatchObject({ mayCome: false });
  expect(theorem.left).toEqual({ usd: 1 - 0.8, tokens: 6 });
});

test('without a price nothing is reserved under a money limit, and anything without one', () => {
  const limited = new Account('run', () => ({ usd: 1, tokens: null }));
  expect(limited.reserve({ usd: null, tokens: 1 })).toMatchObject({
    refused: 'cost',
    unpriced: true,
    mayCome: false,
  });
  const free = new Account('run', () => ({ usd: null, tokens: null }));
  expect(isRefusal(free.reserve({ usd: null, tokens: 1 }))).toBe(false);
});

test('a sum that has become unknown leaves no money, but what costs nothing still passes', () => {
  const account = new Account('run', () => ({ usd: 1, tokens: null }));
  const made = account.reserve({ usd: 0.1, tokens: 1 });
  if (!isRefusal(made)) made.settle({ usd: null, tokens: 1 });
  expect(account.left.usd).toBe(0);
  expect(account.reserve({ usd: 0.1, tokens: 1 })).toMatchObject({ refused: 'cost', mayCome: false });
  expect(isRefusal(account.reserve({ usd: 0, tokens: 1 }))).toBe(false);
});

test('a reservation ends once', () => {
  const account = new Account('run', () => ({ usd: 1, tokens: null }));
  const made = account.reserve({ usd: 0.5, tokens: 1 });
  if (isRefusal(made)) throw new Error('refused');
  made.settle({ usd: 0.2, tokens: 1 });
  made.settle({ usd: 0.2, tokens: 1 });
  made.release();
  expect(account.spent).toEqual({ usd: 0.2, tokens: 1 });
});

describe('an allowance for a child', () => {
  const account = () => new Account('theorem', () => ({ usd: 1, tokens: 100 }));
  const ledger = {
    ...EMPTY_LEDGER,
    costUsd: 0.1,
    inputTokens: 8,
    outputTokens: 4,
    estimatedTokens: 3,
    cachedTokens: 5,
  };

  test('is out of the account while the child is at work, and what it did not use is free afterwards', async () => {
    const of = account();
    const value = await withAllowance(of, { part: 0.5 }, async (allowance) => {
      expect(allowance).toEqual({ costUsd: 0.5, tokens: 50 });
      expect(of.left).toEqual({ usd: 0.5, tokens: 50 });
      return { ledger, value: 'proved' };
    });
    expect(value).toBe('proved');
    expect(of.spent).toEqual({ usd: 0.1, tokens: 10 });
    expect(boughtOf(ledger)).toEqual({ usd: 0.1, tokens: 10 });
  });

  test('of a child that failed is used up, and none is given without room for the least', async () => {
    const of = account();
    await expect(
      withAllowance(of, { part: 0.5 }, () => Promise.reject(new Error('the child failed'))),
    ).rejects.toThrow('failed');
    expect(of.spent).toEqual({ usd: 0.5, tokens: 50 });
    const refused = await withAllowance(of, { least: { usd: 0.6, tokens: 0 } }, async () => {
      throw new Error('not called');
    });
    expect(refused).toMatchObject({ refused: 'cost', scope: 'theorem' });
  });
});
