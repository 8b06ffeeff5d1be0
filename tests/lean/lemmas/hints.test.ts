import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import type { Challenge } from '../../../src/model/index.ts';
import { backend, OPTIONS, request } from '../embedded/support.ts';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;

beforeAll(async () => {
  lean = backend();
  instance = await lean.start();
});
afterAll(() => lean.close());

const STATEMENT = 'theorem t (a b : Nat) (h : a < b ∧ b < 7) : a + b = b + a + 1';
const rejected = async (proof: string, over: Partial<Challenge> & { statement?: string } = {}) => {
  const verdict = await instance.check(request(over.statement ?? STATEMENT, proof, over));
  if (verdict.status !== 'rejected') throw new Error(`${verdict.status} instead of rejected`);
  return verdict;
};
const near = async (proof: string, over: Partial<Challenge> = {}) =>
  Object.fromEntries(
    ((await rejected(proof, over)).unknown ?? []).map(({ name, near }) => [name, near.map((n) => n.name)]),
  );

test('the goal of the tactic that failed stands with its hypotheses at the place of the error', async () => {
  const verdict = await rejected('by\n  have q : a < b := h.1\n  rcases h with ⟨u, v⟩\n  omega\n');
  expect(verdict.openGoals).toEqual([
    { line: 4, column: 2, goal: 'a b : Nat\nq u : a < b\nv : b < 7\n⊢ a + b = b + a + 1' },
  ]);
  expect(verdict.unknown).toBeUndefined();
});

test('positions count code points, as those of the messages do', async () => {
  const verdict = await rejected('by\n  have 𝔸 : a < b := h.1; omega\n');
  expect(verdict.openGoals?.[0]).toMatchObject({ line: 2, column: verdict.diagnostics[0]!.pos.column });
  expect(verdict.openGoals?.[0]?.goal).toContain('𝔸 : a < b');
});

test('the goal inside of a step is that of the step, and a sorry beside an error tells its goal too', async () => {
  const verdict = await rejected(
    'by\n  have q : a = 5 := by\n    sorry\n  have r : b = 5 := by\n    omega\n  rfl\n',
  );
  expect(verdict.openGoals?.map(({ line, goal }) => [line, goal.split('\n').at(-1)])).toEqual([
    [5, '⊢ b = 5'],
    [6, '⊢ a + b = b + a + 1'],
    [3, '⊢ a = 5'],
  ]);
});

test('a term that does not fit tells what was expected', async () => {
  const { openGoals } = await rejected('Nat.add_comm a');
  expect(openGoals).toEqual([
    { line: 1, column: 65, goal: 'a b : Nat\nh : a < b ∧ b < 7\n⊢ a + b = b + a + 1' },
  ]);
});

test('goals are bounded in number and in size', async () => {
  const hypotheses = Array.from({ length: 400 }, (_, i) => `(h${i} : a + ${i} = b)`).join(' ');
  const steps = Array.from({ length: 20 }, (_, i) => `  have s${i} : a = ${i} := rfl`).join('\n');
  const { openGoals = [] } = await rejected(`by\n${steps}\n  rfl\n`, {
    statement: `theorem t (a b : Nat) ${hypotheses} : a = b`,
  });
  expect(openGoals.length).toBeGreaterThan(0);
  expect(openGoals.length).toBeLessThanOrEqual(6);
  for (const { goal } of openGoals) expect(goal.length).toBeLessThanOrEqual(2_001);
});

test.each([
  ['by simp [Nat.add_com]', 'Nat.add_com', 'Nat.add_comm'],
  ['by rw [List.lenght_append]', 'List.lenght_append', 'List.length_append'],
  ['by exact (a.dib b)', 'Nat.dib', 'Nat.div'],
  // Of Mathlib's ordered types, here of the natural numbers that the goal is about.
  ['by apply lt_of_le_of_lt', 'lt_of_le_of_lt', 'Nat.lt_of_le_of_lt'],
  ['by simp only [mul_comm]', 'mul_comm', 'Nat.mul_comm'],
  ['by exact Nat.mul_left_comm_assoc', 'Nat.mul_left_comm_assoc', 'Nat.mul_left_comm'],
])('%s: %s is answered with %s', async (proof, name, expected) => {
  const found = await near(proof);
  expect(Object.keys(found)).toEqual([name]);
  expect(found[name]?.[0]).toBe(expected);
  expect(found[name]?.length).toBeLessThanOrEqual(5);
});

test('what the file itself declares is among the near names, with its type', async () => {
  const context = 'namespace Mine\ntheorem special_case (a : Nat) : a * 1 = a := Nat.mul_one a\n';
  const { unknown } = await rejected('by exact special_cases a', { context });
  expect(unknown?.[0]?.near[0]).toEqual({ name: 'Mine.special_case', type: '∀ (a : Nat), a * 1 = a' });
});

test('a name like no other has no near ones', async () => {
  expect(await near('by exact zzyzx_qwertyuiop')).toEqual({ zzyzx_qwertyuiop: [] });
});

test('other verdicts have no hints, and refused ones without hints are as they were', async () => {
  expect(await instance.check(request(STATEMENT, 'by skip'))).toMatchObject({ status: 'incomplete' });
  const accepted = await instance.check(request('theorem t : 1 = 1', 'rfl'));
  expect(accepted).not.toHaveProperty('openGoals');
  const unread = await rejected('by exact )');
  expect(unread).not.toHaveProperty('unknown');
});

test('nearest answers for names that a text of one`s own mentions', async () => {
  const { challenge } = request('theorem t (a : Nat) : a * 2 = 2 * a', '');
  const found = await instance.nearest(
    { challenge, options: OPTIONS },
    ['mul_comm', 'List.lenght_append'],
    2,
  );
  expect(found.map(({ name, near }) => [name, near.length <= 2, near[0]?.name])).toEqual([
    ['mul_comm', true, 'Nat.mul_comm'],
    ['List.lenght_append', true, 'List.length_append'],
  ]);
});
