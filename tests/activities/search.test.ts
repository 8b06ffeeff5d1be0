import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { leanActivities } from '../../activities/verify.ts';
import type { ProofExplorer } from '../../lean/service.ts';
import { createLocalProver } from '../../src/prover/local/prover.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { scriptedExplorer } from '../support/scripted-explorer.ts';
import { accepted, plan, rejected, theorem } from '../support/theorems.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-search-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const GOAL = 'a b : Nat\nh : a < b\n⊢ a + 1 ≤ b';
const LIMITS = { heartbeats: 1_000, wallMs: 60_000 };
type Step = Parameters<typeof scriptedExplorer>[1];

/** The activity over proof states without Lean; `searched` holds what each search asked. */
function local(step: Step, { learn = true, limits = LIMITS, states = true } = {}) {
  const searched: string[][] = [];
  const lean = {
    ...leanInMemory(({ text }) => (text === 'by grind' ? accepted : rejected('no'))),
    explore: async <T>(_job: unknown, work: (explorer: ProofExplorer) => Promise<T>) => {
      if (!states) return null;
      const explorer = scriptedExplorer(GOAL, step);
      searched.push(explorer.asked);
      return { found: await work(explorer) };
    },
  };
  const prover = createLocalProver({ limits, learn });
  const { proveLocally } = leanActivities({ lean, store, now: Date.now, local: prover });
  const run = (id: string, cache = true) =>
    runActivity(proveLocally, {
      runId: 'run',
      theorem: theorem(id, { statement: `theorem ${id} (a b : Nat) (h : a < b) : a + 1 ≤ b` }),
      lean: plan().lean,
      cache,
      firstAttempt: 1,
    });
  return { run, searched };
}

const byGrind: Step = (tactic) => (tactic === 'grind' ? [] : 'failed');

test('a proof of the search is judged, and its attempt says what the search took', async () => {
  const { run } = local(byGrind);
  const judged = await run('t');
  expect(judged.at(-1)).toMatchObject({ submission: { text: 'by grind' }, verdict: { status: 'accepted' } });
  const [attempt] = await store.listAttempts('run', 't');
  expect(attempt?.search).toMatchObject({ shape: 'library Nat order', kinds: ['grind'] });
  expect(attempt?.search?.steps).toBeGreaterThan(1);
});

test('what the store has seen changes the order of the next search, unless that is switched off', async () => {
  const { run, searched } = local(byGrind);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await run(id);
  expect(await store.searchExperience('library Nat order')).toEqual(new Map([['grind', 8]]));
  const until = (asked: readonly string[] | undefined) => asked!.indexOf('grind');
  expect(until(searched.at(-1))).toBeLessThan(until(searched[0]));
  const unlearned = local(byGrind, { learn: false });
  await unlearned.run('i');
  expect(until(unlearned.searched[0])).toBe(until(searched[0]));
});

test('a search in vain is remembered under its limits, and made again when the cache is not to be used', async () => {
  const { run, searched } = local(() => 'failed');
  const [first] = await run('t');
  expect(first).toMatchObject({ cached: false, verdict: { status: 'rejected' } });
  expect(first?.submission.text).toContain('no proof within 1000 heartbeats');
  expect(await run('t')).toMatchObject([{ cached: true, leanMs: 0 }]);
  expect(searched).toHaveLength(1);
  await run('t', false);
  expect(searched).toHaveLength(2);
  const wider = local(() => 'failed', { limits: { ...LIMITS, heartbeats: 2_000 } });
  await wider.run('t');
  expect(wider.searched).toHaveLength(1);
});

test('a search that the clock or a crash ended is not remembered', async () => {
  const { run, searched } = local((tactic) => (tactic === 'omega' ? 'crashed' : 'failed'));
  await run('t');
  const [again] = await run('t');
  expect(again?.submission.text).toContain('stopped by the clock');
  expect(searched).toHaveLength(2);
});

test('a backend without proof states gets the candidates instead', async () => {
  const { run } = local(byGrind, { states: false });
  const judged = await run('t');
  expect(judged.length).toBeGreaterThan(1);
  expect(judged.at(-1)).toMatchObject({ submission: { text: 'by grind' }, verdict: { status: 'accepted' } });
  expect((await store.listAttempts('run', 't')).every((a) => a.search === undefined)).toBe(true);
});
