import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SEARCH_LIMITS } from '../../../../src/prover/local/limits.ts';
import { learnedCost } from '../../../../src/prover/local/search/experience.ts';
import { findProof } from '../../../../src/prover/local/search/find.ts';
import { scriptedExplorer } from '../../../support/scripted-explorer.ts';
import { theoremOf } from '../../support.ts';

const step = (name: string, cost: number) => ({ name, cost, tactic: name, heartbeats: 1 });
const kinds = fc.constantFrom('omega', 'grind', 'simp', 'induction', 'cases');

test('experience makes nothing dearer, nothing cheaper than 0.6 of its cost, and what helped more often no dearer', () => {
  fc.assert(
    fc.property(
      fc.dictionary(kinds, fc.nat(1_000)),
      kinds,
      kinds,
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      (seen, a, b, cost) => {
        const experience = new Map(Object.entries(seen));
        const learned = learnedCost(experience);
        expect(learned(step(a, cost))).toBeLessThanOrEqual(cost);
        expect(learned(step(a, cost))).toBeGreaterThanOrEqual(0.6 * cost - 1e-9);
        if ((experience.get(a) ?? 0) > (experience.get(b) ?? 0))
          expect(learned(step(a, cost))).toBeLessThanOrEqual(learned(step(b, cost)));
      },
    ),
  );
  expect(learnedCost(new Map())(step('omega', 0.4))).toBe(0.4);
});

const GOAL = 'a b : Nat\nh : a < b\n⊢ a + 1 ≤ b';

async function orderWith(experience: ReadonlyMap<string, number>) {
  const explorer = scriptedExplorer(GOAL, () => 'failed');
  const shapes: string[] = [];
  await findProof(theoremOf({ statement: 'theorem t (a b : Nat) (h : a < b) : a + 1 ≤ b' }), explorer, {
    limits: { ...SEARCH_LIMITS, wallMs: 60_000 },
    experience: async (shape) => {
      shapes.push(shape);
      return experience;
    },
  });
  return { order: explorer.asked, shapes };
}

test('what closed theorems of the same shape is tried earlier, and everything else still is', async () => {
  const [fresh, learned] = [await orderWith(new Map()), await orderWith(new Map([['grind', 40]]))];
  expect(fresh.shapes).toEqual(['library Nat order']);
  const at = (order: readonly string[], tactic: string) => order.indexOf(tactic);
  expect(at(fresh.order, 'omega')).toBeLessThan(at(fresh.order, 'grind'));
  expect(at(fresh.order, 'simp_all')).toBeLessThan(at(fresh.order, 'grind'));
  expect(at(learned.order, 'grind')).toBeLessThan(at(learned.order, 'simp_all'));
  expect(learned.order.toSorted()).toEqual(fresh.order.toSorted());
});
