import { expect, test } from '@jest/globals';
import { REFUSED_NAMES, REFUSED_WORDS } from '../../../../lean/check/refused-words.ts';
import { stepsFor } from '../../../../src/prover/local/search/choices.ts';
import { viewOf } from '../../../../src/prover/local/search/goal-view.ts';
import { worldOf } from '../../../../src/prover/local/search/world.ts';

const CONTEXT = `inductive Row where
  | nil : Row
  | cons : Nat → Row → Row

inductive Even : Nat → Prop where
  | zero : Even 0
  | next {n} : Even n → Even (n + 2)

def cat : Row → Row → Row
  | .nil, ys => ys
  | .cons x xs, ys => .cons x (cat xs ys)

def put (x : Nat) : Row → Row
  | .nil => .cons x .nil
  | .cons y ys => if x ≤ y then .cons x (.cons y ys) else .cons y (put x ys)

theorem known (xs : Row) : cat .nil xs = xs := rfl

`;
const GOALS = [
  'xs ys : Row\nx : Nat\nih : cat xs ys = cat ys xs\n⊢ cat (put x xs) ys = put x (cat xs ys)',
  'n m k : Nat\nh : 5 ≤ n\nh1 : m ∣ 12\nh2 : n ^ 2 + m * k = 40\nh3 : n ∣ m\n⊢ n ^ 3 % 7 = m * k % 7',
  'x y : Int\nh : x ^ 2 + y ^ 2 = 25\n⊢ x * y ≤ 13',
  'x y : Rat\nh : 0 < x\n⊢ x * y = 3 ∨ x = 2',
  'f : Nat → Nat\nh : ∀ x y, f (x + y) = f x + f y\nn : Nat\n⊢ f n = n * f 1',
  'n : Nat\nh : 2 ^ n % 7 = 1\n⊢ 3 ∣ n',
  'n : Nat\n⊢ Nat.gcd (21 * n + 4) (14 * n + 3) = 1',
  'a b n : Nat\nh : Even n\n⊢ ∃ k, a * b = 2 * k + 1',
  'b : Bool\nx : BitVec 8\nh : ∃ k, x = k ∧ b = true\n⊢ (if b then x else 0) = x ∧ ¬b = false',
  '⊢ 5 ^ 999999 % 7 = 6',
  '⊢ ∀ n < 10, n * n < 100',
];

test('no step says what a proof may not say, and every step has a limit of its own', () => {
  const refused = new Set([...REFUSED_WORDS, ...REFUSED_NAMES].flatMap((row) => row.words));
  const world = worldOf(CONTEXT);
  let steps = 0;
  for (const goal of GOALS) {
    const found = stepsFor(viewOf(goal), world);
    expect(found.length).toBeGreaterThan(0);
    for (const { tactic, heartbeats, cost } of found) {
      steps += 1;
      const words = tactic.split(/[^\p{L}\p{N}_!%'.]+/u).flatMap((w) => [w, ...w.split('.')]);
      expect(
        words.filter((w) => refused.has(w) || ['sorry', 'admit', 'native', 'set_option'].includes(w)),
      ).toEqual([]);
      expect(heartbeats).toBeGreaterThan(0);
      expect(cost).toBeGreaterThan(0);
    }
  }
  expect(steps).toBeGreaterThan(100);
});
