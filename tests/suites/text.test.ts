import { describe, expect, test } from '@jest/globals';
import { BUILT_IN_SUITES, loadSuite } from '../../src/suite/load.ts';
import { storedProofs, upToNames } from './support.ts';

const CATEGORIES = ['BitVec', 'Bool', 'Inductive', 'Int', 'List', 'Nat', 'Program', 'Prop'];

const suites = await Promise.all(BUILT_IN_SUITES.map(loadSuite));

describe.each(suites.map((suite) => [suite.name, suite] as const))('suite %s', (name, { theorems }) => {
  test('has the number of theorems that the README gives, in eight categories of at least three', () => {
    expect(theorems.length).toBe({ basic: 40, medium: 60, hard: 60 }[name]);
    const sizes = new Map<string | undefined, number>();
    for (const { category } of theorems) sizes.set(category, (sizes.get(category) ?? 0) + 1);
    expect([...sizes.keys()].sort()).toEqual(CATEGORIES);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(3);
  });

  test('says of every theorem what it is, in words, and how hard', () => {
    for (const { informal, difficulty, category, source, header } of theorems) {
      expect(informal).toMatch(/^\p{Lu}.{20,}\.$/su);
      expect([difficulty, category, source]).not.toContain(undefined);
      expect(header).toBe('');
    }
  });

  test('has a proof beside every theorem, and none besides', async () => {
    expect([...(await storedProofs(name)).keys()]).toEqual(theorems.map((t) => t.id));
  });
});

test('no theorem of any suite is another one under other names', () => {
  const seen = new Map<string, string>();
  for (const theorem of suites.flatMap((suite) => suite.theorems)) {
    const shape = upToNames(theorem);
    expect({ id: theorem.id, twin: seen.get(shape) }).toEqual({ id: theorem.id, twin: undefined });
    seen.set(shape, theorem.id);
  }
  expect(
    upToNames({ ...suites[0]!.theorems[0]!, context: '', statement: 'theorem a (x : Nat) : x = x' }),
  ).toBe(upToNames({ ...suites[0]!.theorems[0]!, context: '', statement: 'theorem  b (y : Nat)\n : y = y' }));
});

test('the suites get harder: easy in basic, medium in medium, hard and very hard in hard', () => {
  const difficulties = suites.map((s) => [...new Set(s.theorems.map((t) => t.difficulty))].sort());
  expect(difficulties).toEqual([['easy'], ['medium'], ['hard', 'very_hard']]);
});
