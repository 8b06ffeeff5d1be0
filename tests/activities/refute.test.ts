import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refuteActivities } from '../../activities/refute.ts';
import type { LeanService } from '../../lean/service.ts';
import { negationOf } from '../../src/lean-text/negation.ts';
import type { RefuteEffort, Theorem } from '../../src/model/index.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { leanAndStore } from '../support/lean-and-store.ts';
import { plan, proof, theorem } from '../support/theorems.ts';

let store: Store;
let lean: LeanService;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ lean, store, close } = await leanAndStore('refute'));
});
afterAll(() => close());

const options = { ...plan().lean, wallMs: 20_000 };
const stated = (statement: string, more: Partial<Theorem> = {}): Theorem =>
  theorem('t', { statement: `theorem t ${statement}`, ...more });
const refute = async (one: Theorem, effort: RefuteEffort = 'quick', cache = false) =>
  (
    await runActivity(refuteActivities({ lean, store, now: Date.now }).refute, {
      theorem: one,
      lean: options,
      cache,
      effort,
    })
  ).refutation;

const TREE =
  'inductive Tree (α : Type) where\n  | leaf\n  | node (l : Tree α) (x : α) (r : Tree α)\n\ndef size : Tree α → Nat\n  | .leaf => 0\n  | .node l _ r => size l + 1 + size r\n\ndef mirror : Tree α → Tree α\n  | .leaf => .leaf\n  | .node l x r => .node (mirror r) x (mirror l)\n\n';
const POINT = 'structure Point where\n  x : Nat\n  y : Int\nderiving DecidableEq\n\n';

describe('false statements are refuted by a small counterexample:', () => {
  const cases: readonly (readonly [string, Theorem])[] = [
    ['two numbers', stated('(a b : Nat) : a + b = a')],
    ['a hypothesis', stated('(a b : Nat) (h : a ≤ b) : a < b')],
    ['a hypothesis between variables', stated('(a : Nat) (h : 0 < a) (b : Nat) : b < a')],
    ['integers', stated('(a : Int) : 0 ≤ a')],
    ['truncated subtraction', stated('(a b : Nat) : a - b + b = a')],
    ['lists', stated('(xs ys : List Nat) : xs ++ ys = ys ++ xs')],
    ['a type variable', stated('{α : Type} [DecidableEq α] (xs : List α) : xs.reverse = xs')],
    [
      'a universe',
      stated('{α : Type u} [DecidableEq α] (xs : List α) : xs.reverse = xs', { context: 'universe u\n' }),
    ],
    ['a universe of no name', stated('{α : Type _} [DecidableEq α] (xs : List α) : xs.reverse = xs')],
    ['booleans', stated('(a b : Bool) : (a && b) = (a || b)')],
    ['propositions', stated('(p q : Prop) (h : p → q) (hq : q) : p')],
    ['a function', stated('(f : Nat → Nat) (x : Nat) (h : ∀ y, f y ≤ y) : f x = x')],
    ['a relation', stated('(r : Nat → Nat → Prop) (h : ∀ x, r x x) (a b : Nat) : r a b → a = b')],
    ['Fin', stated('(i : Fin 3) : i.val < 2')],
    ['bits', stated('(x : BitVec 8) : x + 1 ≠ 0')],
    ['options and pairs', stated('(o : Option Nat) (p : Nat × Nat) : o.getD p.1 = p.2')],
    ['a type of the context', stated('(t : Tree Nat) : size t ≤ 1', { context: TREE })],
    ['a recursive program', stated('(t : Tree Nat) : mirror t = t', { context: TREE })],
    ['a structure', stated('(p : Point) : p.x = p.y.toNat', { context: POINT })],
    ['an inner universal', stated(': ∀ n : Nat, ∀ m, n ≤ m')],
    ['an inner existential', stated(': ∀ n : Nat, ∃ m, m < n')],
    ['no variable at all', stated(': 2 + 2 = 5')],
    ['an existential', stated(': ∃ n : Nat, n < n')],
    ['a section variable', stated(': n = n + 1', { context: 'variable (n : Nat)\n' })],
    [
      'a namespace and a protected name',
      stated('(n : Nat) : n = n + 1', {
        context: 'namespace N\nsection\n',
        statement: 'protected theorem t (n : Nat) : n = n + 1',
      }),
    ],
    [
      'a doc comment and an attribute',
      stated('', { statement: '/-- All are. -/\n@[simp] theorem t (n : Nat) : n = 0 -- said\n' }),
    ],
    ['a guillemet name', stated('', { name: '«a b»', statement: 'theorem «a b» (n : Nat) : n = 0' })],
    [
      'an own definition',
      stated('(n : Nat) : double n = n + 2', { context: 'def double (n : Nat) : Nat := n + n\n' }),
    ],
    ['a foreign theorem', stated('(n : Nat) : n < 3', { provenance: 'foreign' })],
  ];
  test.each(cases)('%s', async (_, one) => {
    const refutation = await refute(one, 'full');
    expect(refutation?.verdict).toMatchObject({
      status: 'accepted',
      assurance: { fresh: true, kernelReplay: true },
    });
    // Nothing that is left of the search stands in the proof.
    expect(refutation?.submission.text).toMatch(/^fun h => absurd/);
  });
});

test.each([
  stated('(a b : Nat) : a + b = a'),
  stated('(xs ys : List Nat) : xs ++ ys = ys ++ xs'),
  stated('(a : Int) : 0 ≤ a'),
  stated(': 2 + 2 = 5'),
])('a glance is enough for $statement', async (one) => {
  expect(await refute(one, 'glance')).toMatchObject({ verdict: { status: 'accepted' } });
});

describe('nothing is claimed of', () => {
  test.each([
    ['a true statement', stated('(a b : Nat) : a + b = b + a')],
    ['contradictory hypotheses', stated('(n : Nat) (h : n < n) : False')],
    ['a statement that does not elaborate', stated('(n : Nat) : n = "a"')],
    ['a statement that holds a `sorry`', stated(': sorry')],
    [
      'a foreign context that runs a program',
      stated(': 1 = 2', { provenance: 'foreign', context: '#eval IO.println "x"\n' }),
    ],
  ])('%s', async (_, one) => {
    expect(await refute(one, 'full')).toBeNull();
  });
});

test('the counterexample is named, and a refutation is known the second time', async () => {
  const one = stated('(a b : Nat) : a * b = a');
  const first = await refute(one);
  expect(first?.counterexample).toBe('a = 1, b = 0');
  expect(first?.submission).toEqual(proof('fun h => absurd (h 1 0) (by decide)'));
  expect(await refute(one, 'quick', true)).toMatchObject({ submission: first?.submission });
});

describe('what is not the negation is no challenge:', () => {
  const judged = async (one: Theorem, text: string) =>
    (await lean.screen({ challenge: one, options }, proof(text))).status;
  const of = negationOf(stated('(n : Nat) : n + 0 = n'));

  test('the negation of a true statement stands, and is not proved by the unproved theorem itself', async () => {
    expect(await judged(of, 'fun h => absurd (h 0) (by decide)')).toBe('rejected');
    expect(await judged({ ...of, statement: of.statement }, 'fun h => absurd (t 0) (by decide)')).toBe(
      'rejected',
    );
    const falsehood = negationOf(stated('(n : Nat) : n = n + 1'));
    expect(await judged(falsehood, 'fun h => absurd (t 0) (by decide)')).toBe('conditional');
  });

  const context = (before: string) => negationOf(stated('(n : Nat) : n + 0 = n', { context: before }));
  test.each([
    ['another statement', { ...of, statement: `theorem ${of.name} : _root_.Not (1 = 2)` }],
    ['a weaker one', { ...of, statement: `theorem ${of.name} (n : Nat) : _root_.Not (n + 0 = n + 1)` }],
    ['the theorem itself', { ...of, statement: `theorem ${of.name} : type_of% @t` }],
    [
      'the negation under a variable',
      { ...of, statement: `theorem ${of.name} (n : Nat) : _root_.Not (type_of% @t)` },
    ],
    ['an implication of False', { ...of, statement: `theorem ${of.name} : (type_of% @t) → False` }],
    ['a context without the theorem', { ...of, context: '' }],
    ['another theorem behind it', { ...of, context: `${of.context}theorem u : 1 = 1 := rfl\n` }],
    ['a macro for Not', context('macro_rules | `(_root_.Not $x) => `($x)\n')],
    ['a macro for type_of%', context('macro_rules | `(type_of% $x) => `(1 = 2)\n')],
    [
      'another type_of%',
      context('local macro (priority := high) "type_of% " "@" x:ident : term => `(0 = 1)\n'),
    ],
    ['an included variable', context('variable (k : Nat)\ninclude k\n')],
  ])('%s', async (_, one) => {
    for (const text of [
      'by decide',
      'by simp',
      'fun _ => rfl',
      'by intros; simp',
      'fun h => absurd (h 0) (by decide)',
    ])
      expect(['badChallenge', 'rejected']).toContain(await judged(one, text));
    expect(await judged(one, 'sorry')).toBe('badChallenge');
  });

  test('words of the context that look like it change nothing', async () => {
    const shadowed = context('namespace A\ndef Not (_ : Prop) : Prop := True\ndef False : Prop := True\n');
    expect(await judged(shadowed, 'trivial')).toBe('rejected');
    expect(await judged(shadowed, 'sorry')).toBe('incomplete');
  });
});
