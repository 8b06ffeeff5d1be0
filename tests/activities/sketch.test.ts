import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sketchActivities } from '../../activities/sketch.ts';
import type { LeanService } from '../../lean/service.ts';
import { cutAt, filled, gapsOf, inPlace, withLemmas } from '../../src/lean-text/sketch.ts';
import { commandText, type Submission, type Theorem } from '../../src/model/index.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { leanAndStore } from '../support/lean-and-store.ts';
import { plan, proof, theorem } from '../support/theorems.ts';

let store: Store;
let lean: LeanService;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ lean, store, close } = await leanAndStore('sketch'));
});
afterAll(() => close());

const options = { ...plan().lean, wallMs: 20_000 };
const check = (one: Theorem, submission: Submission) =>
  runActivity(sketchActivities({ lean, store, now: Date.now }).checkSketch, {
    theorem: one,
    lean: options,
    cache: false,
    submission,
  });

const SUM = theorem('sum', {
  context: 'def sum : Nat → Nat\n  | 0 => 0\n  | n + 1 => n + 1 + sum n\n\n',
  statement: 'theorem sum_odd (n : Nat) (h : 0 < n) : 2 * sum n = n * (n + 1)',
  name: 'sum_odd',
});

/** Sketch, proofs for its steps; both ways to put it together have to be accepted. */
const CASES: readonly (readonly [string, Theorem, string, readonly string[]])[] = [
  [
    'named steps',
    SUM,
    'by\n  have h1 : ∀ m, sum (m + 1) = m + 1 + sum m := by sorry\n  have h2 : ∀ m, 2 * sum m = m * (m + 1) := by sorry\n  exact h2 n',
    [
      'by\n  intro m\n  rfl',
      'by\n  intro m\n  induction m with\n  | zero => rfl\n  | succ k ih =>\n    rw [h1]\n    grind',
    ],
  ],
  [
    'term gaps',
    SUM,
    'by\n  have h2 : ∀ m, 2 * sum m = m * (m + 1) := sorry\n  exact h2 n',
    ['by\n  intro m\n  induction m with\n  | zero => rfl\n  | succ k ih =>\n    simp only [sum]\n    grind'],
  ],
  [
    'induction with named cases',
    SUM,
    'by\n  induction n with\n  | zero => sorry\n  | succ k ih => sorry',
    [
      'by omega',
      'by\n  cases k with\n  | zero => rfl\n  | succ j =>\n    have := ih (by omega)\n    simp only [sum] at *\n    grind',
    ],
  ],
  [
    'cases without names',
    theorem('t', { statement: 'theorem t (a b : Nat) (h : a ≤ b) : a < b + 1' }),
    'by\n  induction b\n  · sorry\n  · sorry',
    ['by omega', 'by omega'],
  ],
  [
    'a let, instances and a type variable',
    theorem('t', {
      statement:
        'theorem t {α : Type u} [DecidableEq α] (x : α) (xs : List α) : (x :: xs).length = xs.length + 1',
    }),
    'by\n  let n := xs.length\n  have h : (x :: xs).length = n + 1 := by sorry\n  exact h',
    ['by\n  simp'],
  ],
  [
    'numbers whose type is not printed',
    theorem('t', { statement: 'theorem t (f : Int → Int) (h : ∀ x, f x = x) : f (-3) = -3' }),
    'by\n  have h1 : ∃ y : Int, f y = -3 := by sorry\n  have h2 : f (-3) = (-3 : Int) := by sorry\n  exact h2',
    ['⟨-3, h (-3)⟩', 'h (-3)'],
  ],
  [
    'a step in a namespace with variables',
    theorem('t', {
      name: 't',
      context: 'namespace N\nvariable (k : Nat)\ndef f (n : Nat) : Nat := n + k\n',
      statement: 'theorem t (n : Nat) : f k n = f n k',
    }),
    'by\n  have h1 : f k n = n + k := by sorry\n  have h2 : f n k = k + n := by sorry\n  omega',
    ['by rfl', 'by rfl'],
  ],
];

describe('a sketch is taken apart and put together again:', () => {
  test.each(CASES)('%s', async (_, one, text, proofs) => {
    const sketch = proof(text);
    const { steps, why } = await check(one, sketch);
    expect(why).toBeNull();
    expect(steps).toHaveLength(proofs.length);
    const given = proofs.map(proof);
    for (const [i, step] of steps.entries())
      expect(await lean.judge({ challenge: step.theorem, options }, given[i]!)).toMatchObject({
        status: 'accepted',
      });
    const gaps = gapsOf(text);
    const cut = cutAt(sketch, gaps);
    const lemmas = steps.map((step, i) => commandText(step.theorem.statement, given[i]!));
    const apart = withLemmas(
      one.statement,
      lemmas,
      filled(
        cut,
        steps.map((step) => step.use),
      ),
    );
    expect(await lean.judge({ challenge: one, options }, apart)).toMatchObject({ status: 'accepted' });
    const within = steps.map((step, i) => inPlace(gaps[i]!, step.isTactic, given[i]!) ?? '');
    const direct = await lean.judge({ challenge: one, options }, filled(cut, within));
    // `simp` does not look through a `let` that the lemma does not have.
    expect(direct.status).toBe(text.includes('let n') ? 'incomplete' : 'accepted');
  });
});

describe('of no use is', () => {
  const t = theorem('t', { statement: 'theorem t (a b : Nat) (h : a ≤ b) : a < b + 1' });
  test.each([
    ['the bare gap', 'by sorry', /the theorem itself/],
    ['a gap on the main line', 'by\n  have h1 : a ≤ b := by sorry\n  sorry', /the theorem itself/],
    [
      'a step that is the theorem',
      'by\n  have h1 : a < b + 1 := by sorry\n  have h2 : 1 = 1 := by sorry\n  exact h1',
      /the theorem itself/,
    ],
    ['one gap for several goals', 'by\n  cases b <;> sorry', /stands for 2 goals/],
    [
      'too many steps',
      `by\n${[...Array(9).keys()].map((i) => `  have h${i} : ${i} = ${i} := by sorry\n`).join('')}  omega`,
      /9 steps/,
    ],
    ['a gap in disguise', 'by\n  have h1 : a < b + 1 := sorryAx _ true\n  exact h1', /without saying so/],
  ])('%s', async (_, text, why) => {
    const checked = await check(t, proof(text));
    expect(checked.steps).toEqual([]);
    expect(checked.why).toMatch(why);
  });

  test.each([
    ['what does not elaborate', 'by\n  have h1 : a ≤ c := by sorry\n  omega', 'rejected'],
    ['what leaves a goal open', 'by\n  have h1 : a ≤ b := by sorry\n  constructor', 'incomplete'],
    ['a refused word', 'by\n  have h1 : a ≤ b := by sorry\n  native_decide', 'dishonest'],
  ])('%s', async (_, text, status) => {
    const checked = await check(t, proof(text));
    expect(checked).toMatchObject({ steps: [], why: null, judged: { verdict: { status } } });
  });

  test.each([
    [
      'another statement',
      'theorem t (a b : Nat) (h : a ≤ b) : a < b + 2 := by\n  have h1 : a ≤ b := by sorry\n  omega',
    ],
    [
      'an axiom',
      'axiom cheat : False\ntheorem t (a b : Nat) (h : a ≤ b) : a < b + 1 := by\n  have h1 : a ≤ b := by sorry\n  exact cheat.elim',
    ],
    [
      'another meaning of <',
      'local instance : LT Nat := ⟨fun _ _ => True⟩\ntheorem t (a b : Nat) (h : a ≤ b) : a < b + 1 := by\n  have h1 : 1 = 1 := by sorry\n  trivial',
    ],
  ])('%s', async (_, text) => {
    const { steps, judged } = await check(t, { form: 'declarations', text });
    expect(steps).toEqual([]);
    expect(judged.verdict.status).toBe('dishonest');
  });
});

test('a sketch without a gap is a proof', async () => {
  const t = theorem('t', { statement: 'theorem t (a b : Nat) (h : a ≤ b) : a < b + 1' });
  expect(await check(t, proof('by omega'))).toMatchObject({
    steps: [],
    judged: { verdict: { status: 'accepted', assurance: { fresh: true } } },
  });
});
