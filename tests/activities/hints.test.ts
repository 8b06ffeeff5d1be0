import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hintActivities } from '../../activities/hints.ts';
import type { LeanService } from '../../lean/service.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { leanAndStore } from '../support/lean-and-store.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { plan, theorem } from '../support/theorems.ts';

let store: Store;
let lean: LeanService;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ lean, store, close } = await leanAndStore('hints'));
});
afterAll(() => close());

const one = theorem('t', { statement: 'theorem t (xs : List Nat) : xs.reverse.length = xs.length' });
const hints = (service: LeanService, limit: number, cache: boolean) =>
  runActivity(hintActivities({ lean: service, store, now: Date.now }).hints, {
    theorem: one,
    lean: { ...plan().lean, wallMs: 20_000 },
    limit,
    cache,
  });

test('lemmas are found by the Lean of the worker, and the next time in the store', async () => {
  const { lemmas } = await hints(lean, 5, true);
  expect(lemmas).toHaveLength(5);
  expect(lemmas[0]).toEqual({
    name: 'List.length_reverse',
    type: '∀ {α : Type u_1} {as : List α}, as.reverse.length = as.length',
  });
  const asked: unknown[] = [];
  const watched: LeanService = {
    ...leanInMemory(),
    identity: () => lean.identity(),
    relevant: async (job) => {
      asked.push(job);
      return [];
    },
  };
  expect((await hints(watched, 5, true)).lemmas).toEqual(lemmas);
  expect(asked).toEqual([]);
  // Another limit is another question, and without the cache Lean is asked.
  expect((await hints(watched, 6, true)).lemmas).toEqual([]);
  expect((await hints(watched, 5, false)).lemmas).toEqual([]);
  expect(asked).toHaveLength(2);
});

test('names and types are bounded, because every request carries them', async () => {
  const long = { ...leanInMemory(), relevant: async () => lots };
  const lots = Array.from({ length: 200 }, (_, i) => ({
    name: `n${i}`,
    type: 'x'.repeat(500),
    score: 1,
    from: 'library' as const,
  }));
  const { lemmas } = await hints(long, 200, false);
  expect(lemmas.length).toBeGreaterThan(0);
  expect(Buffer.byteLength(lemmas.map(({ name, type }) => name + type).join(''))).toBeLessThanOrEqual(
    8 * 1024,
  );
});
