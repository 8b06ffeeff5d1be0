import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HALVES, halfOf } from '../../bench/sets/half.ts';
import type { LeanService } from '../../lean/service.ts';
import { BUILT_IN_SUITES, loadSuite } from '../../src/suite/load.ts';
import { onAll, openLean, PATIENT, proofsIn, upToNames } from '../suites/support.ts';

const SETS = ['competition', 'programs'] as const;
const load = (name: string) =>
  loadSuite(fileURLToPath(new URL(`../../bench/sets/${name}.jsonl`, import.meta.url)));
const proofsOf = (name: string) => proofsIn(new URL(`./proofs/${name}.jsonl`, import.meta.url));
const sets = await Promise.all(SETS.map(load));
const suites = await Promise.all(BUILT_IN_SUITES.map(loadSuite));

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

describe.each(sets.map((set) => [set.name, set.theorems] as const))(
  'development set %s',
  (name, theorems) => {
    test('has at least 150 theorems of at least six categories, from easy to hard', () => {
      expect(theorems.length).toBeGreaterThanOrEqual(150);
      expect(new Set(theorems.map((t) => t.category)).size).toBeGreaterThanOrEqual(6);
      expect([...new Set(theorems.map((t) => t.difficulty))]).toEqual(
        expect.arrayContaining(['easy', 'medium', 'hard']),
      );
    });

    test('says of every theorem what it is, in words, and how hard', () => {
      for (const { informal, difficulty, category, source, header } of theorems) {
        expect(informal).toMatch(/^[\p{Lu}\d].{15,}\.$/su);
        expect([difficulty, category, source]).not.toContain(undefined);
        expect(header).toBe('');
      }
    });

    test('falls into two halves of like size', () => {
      for (const half of HALVES)
        expect(theorems.filter((t) => halfOf(t.id) === half).length).toBeGreaterThan(theorems.length / 3);
    });

    test('has a proof beside every theorem that real Lean accepts', async () => {
      const proofs = await proofsOf(name);
      expect([...proofs.keys()]).toEqual(theorems.map((t) => t.id));
      const verdicts = await onAll(theorems, async (challenge) => {
        const verdict = await lean.screen({ challenge, options: PATIENT }, proofs.get(challenge.id)!);
        return { id: challenge.id, ...verdict };
      });
      expect(verdicts.filter((v) => v.status !== 'accepted')).toEqual([]);
    }, 600_000);
  },
);

test('no theorem or id of the sets is another one of the sets or suites', () => {
  const ids = new Set<string>();
  const seen = new Map<string, string>();
  for (const theorem of [...suites, ...sets].flatMap((suite) => suite.theorems)) {
    const shape = upToNames(theorem);
    expect({ id: theorem.id, twin: seen.get(shape) }).toEqual({ id: theorem.id, twin: undefined });
    expect(ids).not.toContain(theorem.id);
    seen.set(shape, theorem.id);
    ids.add(theorem.id);
  }
});
