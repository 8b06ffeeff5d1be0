import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import type { Challenge } from '../../../src/model/index.ts';
import { backend, OPTIONS, RIGHT, SIMP_LOOP } from '../embedded/support.ts';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;

beforeAll(async () => {
  lean = backend();
  instance = await lean.start();
});
afterAll(() => lean.close());

const relevant = (statement: string, more: Partial<Challenge> = {}, limit = 10) =>
  instance.relevant(
    {
      challenge: { name: 't', header: '', context: '', statement: `theorem t ${statement}`, ...more },
      options: OPTIONS,
    },
    { limit },
  );
const names = async (...asked: Parameters<typeof relevant>) =>
  (await relevant(...asked)).map(({ name }) => name);

test.each([
  ['(xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length', 'List.length_append'],
  ['(xs : List Nat) (p : Nat → Bool) : xs.reverse.filter p = (xs.filter p).reverse', 'List.filter_reverse'],
  ['(a b c : Nat) (h : 0 < c) : a * c / c = a', 'Nat.mul_div_cancel'],
  ['(a b : Nat) (h : a ∣ b) (k : b ∣ a) : a = b', 'Nat.dvd_antisymm'],
  ['(m n : Nat) : Nat.gcd m n = Nat.gcd n m', 'Nat.gcd_comm'],
  ['(p q : Prop) : ¬(p ∧ q) ↔ (p → ¬q)', 'not_and'],
  ['(s t : String) : (s ++ t).length = s.length + t.length', 'String.length_append'],
  ['(x y : Int) : (x * y).natAbs = x.natAbs * y.natAbs', 'Int.natAbs_mul'],
])('%s finds %s', async (statement, expected) => {
  expect(await names(statement)).toContain(expected);
});

test('types stand as Lean prints them, the best lemma first, no more than asked for', async () => {
  const found = await relevant('(xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length', {}, 3);
  expect(found).toHaveLength(3);
  expect(found[0]).toEqual({
    name: 'List.length_append',
    type: '∀ {α : Type u} {as bs : List α}, (as ++ bs).length = as.length + bs.length',
    score: expect.any(Number),
    from: 'library',
  });
  const scores = found.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
});

test('theorems of the context are found by the names that the user gave, the target is not', async () => {
  const context = [
    'namespace Mine',
    'def twice : List Nat → List Nat',
    '  | [] => []',
    '  | x :: xs => x :: x :: twice xs',
    'theorem twice_cons (x : Nat) (xs : List Nat) : twice (x :: xs) = x :: x :: twice xs := rfl',
    'private theorem twice_nil : twice [] = [] := rfl',
    '',
  ].join('\n');
  const found = await relevant(
    '(xs ys : List Nat) : twice (xs ++ ys) = twice xs ++ twice ys',
    { context },
    40,
  );
  const own = found.filter(({ from }) => from === 'context');
  expect(own.map(({ name }) => name).sort()).toEqual(['Mine.twice_cons', 'Mine.twice_nil']);
  // As it is written where the theorem stands.
  expect(own.map(({ type }) => type)).toContain('twice [] = []');
  expect(found.map(({ name }) => name)).not.toContain('Mine.t');
});

test('nothing internal, made by Lean itself, or deprecated is offered', async () => {
  const goals = [
    '(xs : List Nat) : xs ++ [] = xs',
    '(a b : Nat) : a + b = b + a',
    '(o : Option Nat) : o.isSome = true ∨ o = none',
    '(a b : Array Nat) : (a ++ b).size = a.size + b.size',
  ];
  for (const goal of goals) {
    const found = await names(goal, {}, 100);
    expect(found).toHaveLength(100);
    expect(new Set(found).size).toBe(100);
    expect(
      found.filter((name) => /(^|\.)(_|inst[A-Z]|match_\d|injEq$|rec$|brecOn|Internal|Lean\.)/.test(name)),
    ).toEqual([]);
  }
  const shown = await instance.elaborate(
    `${(await names(goals[0]!, {}, 100)).map((name) => `example := @${name}`).join('\n')}\n`,
    OPTIONS,
  );
  // Every name exists under just this name, and Lean does not warn of its use.
  expect(shown.messages.filter(({ text }) => /deprecated|unknown/i.test(text))).toEqual([]);
});

test('a name can be searched for, also where goal and theorem have nothing in common', async () => {
  const asked = { challenge: RIGHT.challenge, options: OPTIONS };
  const found = await instance.relevant(asked, { limit: 20, name: 'length_rev' });
  expect(found.map(({ name }) => name)).toContain('List.length_reverse');
  expect(found.every(({ name }) => name.toLowerCase().includes('length_rev'))).toBe(true);
});

test('a context or a statement that does not elaborate, and a module that is not there, have no lemmas', async () => {
  expect(await relevant(': 1 = 1', { context: 'theorem broken : 1 = 2 := rfl\n' })).toEqual([]);
  expect(await relevant(': No.where = 1')).toEqual([]);
  expect(await relevant(': 1 = 1', { header: 'import Mathlib\n' })).toEqual([]);
  expect(await relevant(': 1 = 1', { context: 'run_cmd pure ()\n', provenance: 'foreign' })).toEqual([]);
});

test('theorems of another header are found there only', async () => {
  const statement = '(m : Std.HashMap Nat Nat) (k v : Nat) : (m.insert k v).contains k = true';
  expect(await relevant(statement)).toEqual([]);
  expect(await names(statement, { header: 'import Std\n' })).toContain('Std.HashMap.contains_insert_self');
});

test('a stop ends it, and the instance goes on', async () => {
  const { challenge, options } = SIMP_LOOP(60_000);
  const endless = {
    ...challenge,
    context: `${challenge.context}theorem loop ${challenge.statement.slice(10)} := by simp (config := {maxSteps := 1000000000}) [h]\n`,
  };
  await expect(
    instance.relevant({ challenge: endless, options }, { limit: 5 }, AbortSignal.timeout(300)),
  ).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(
    await instance.relevant({ challenge: endless, options: { ...options, wallMs: 300 } }, { limit: 5 }),
  ).toEqual([]);
  expect(instance.alive).toBe(true);
  expect(await names('(a b : Nat) : a + b = b + a')).toContain('Nat.add_comm');
});

test('it is no submission, and behind a reset the answers are the same', async () => {
  expect(await instance.reset('')).toBe(true);
  const before = await relevant('(xs : List Nat) : xs.reverse.reverse = xs');
  expect(instance.submissions).toBe(0);
  expect(await instance.reset('')).toBe(true);
  expect(await relevant('(xs : List Nat) : xs.reverse.reverse = xs')).toEqual(before);
  expect(before[0]?.name).toBe('List.reverse_reverse');
  expect(await instance.check(RIGHT)).toMatchObject({ status: 'accepted', assurance: { fresh: true } });
});
