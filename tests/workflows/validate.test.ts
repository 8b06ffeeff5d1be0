import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { budgetSchema, runLimitsSchema } from '../../src/model/index.ts';
import { BUDGET_RULES, LIMIT_RULES, problemWith } from '../../workflows/validate.ts';

const budget = { rounds: 3, samples: 1, tokens: null, costUsd: null, wallMs: null };
const limits = { lanes: 2, costUsd: null };
const value = fc.oneof(
  fc.integer({ min: -3, max: 9 }),
  fc.double(),
  fc.constantFrom(null, '2', true, {}, [], Number.MAX_SAFE_INTEGER, 1.5, -0),
);
const patchOf = (names: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1, noNullPrototype: true });

test('the rules of updates say the same as the schemas', () => {
  fc.assert(
    fc.property(patchOf(Object.keys(budget)), (patch) => {
      const fits = budgetSchema.safeParse({ ...budget, ...patch }).success;
      expect(problemWith('budget', BUDGET_RULES, patch) === null).toBe(fits);
    }),
  );
  fc.assert(
    fc.property(patchOf(Object.keys(limits)), (patch) => {
      const fits = runLimitsSchema.safeParse({ ...limits, ...patch }).success;
      expect(problemWith('limits', LIMIT_RULES, patch) === null).toBe(fits);
    }),
  );
});

test('a refusal quotes the part and the value', () => {
  expect(problemWith('budget', BUDGET_RULES, { rounds: -1 })).toBe(
    'budget.rounds is -1, expected a whole number, 0 or more',
  );
  expect(problemWith('budget', BUDGET_RULES, { lanes: 2 })).toMatch(
    /'lanes' is no part of the budget: rounds/,
  );
  for (const nothing of [{}, null, 3, [], undefined])
    expect(problemWith('limits', LIMIT_RULES, nothing)).toMatch(/names at least one of lanes, costUsd/);
});
