import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Activities } from '../../activities/api.ts';
import { createActivities } from '../../activities/index.ts';
import type { Attempt } from '../../src/model/index.ts';
import type { ModelProver } from '../../src/prover/prover.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { proverOf } from '../prover/support.ts';
import { runActivity } from '../support/activity.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { accepted, answer, proof, rejected, theorem } from '../support/theorems.ts';

let dir: string;
let store: Store;
let activities: Activities;
const gemini = proverOf();
const ownForm = {
  ...{ name: 'goedel', model: 'goedel' },
  prompt: () => ({ model: 'goedel', system: '', user: 'prove it', params: {} }),
} as unknown as ModelProver;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-prompts-'));
  store = await openStore(join(dir, 'store.sqlite'));
  activities = createActivities({
    provers: new Map([
      ['gemini', gemini as ModelProver],
      ['goedel', ownForm],
    ]),
    local: { name: 'local', candidates: () => [] },
    lean: leanInMemory(),
    store,
    clock: Date,
  });
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const attempt = (n: number, variant: string | null, won: boolean, more: Partial<Attempt> = {}): Attempt => ({
  n,
  prover: 'gemini',
  round: 1,
  sample: 0,
  submission: proof('x'),
  verdict: won ? accepted : rejected('no'),
  answer: answer(proof('x'), { model: gemini.model }),
  cachedVerdict: false,
  variant,
  repairOf: null,
  leanMs: 1,
  error: null,
  ...more,
});
const record = (runId: string, one: Attempt) =>
  runActivity(activities.recordAttempt, {
    ...{ runId, theoremId: 't', attempt: one },
    ...{ category: 'Nat', difficulty: 'easy' },
  });
const choose = (more: object = {}) =>
  runActivity(activities.choosePrompts, {
    theorem: theorem('t', { category: 'Nat', difficulty: 'easy' }),
    prover: 'gemini',
    round: 1,
    stages: new Array(20).fill('first'),
    runId: 'now',
    seed: null,
    ...more,
  });

test('what was recorded in one run decides the prompts of the next, and a repeated record counts once', async () => {
  for (let n = 1; n <= 30; n++) {
    await record('earlier', attempt(n, n <= 15 ? 'steps/1' : 'short/1', n <= 15));
    await record('earlier', attempt(n, n <= 15 ? 'steps/1' : 'short/1', n <= 15));
  }
  await record('earlier', attempt(31, 'code/1', false));
  expect(await store.trialCounts()).toMatchObject([
    { variant: 'code/1', trials: 1, wins: 0 },
    { variant: 'short/1', trials: 15, wins: 0 },
    { variant: 'steps/1', trials: 15, wins: 15 },
  ]);
  const names = await choose();
  expect(names.filter((name) => name === 'steps').length).toBeGreaterThan(12);
  expect(names).not.toContain('short');
});

test('the choice is reproducible with a seed', async () => {
  await record('earlier', attempt(1, 'steps/1', true));
  expect(await choose({ seed: 5 })).toEqual(await choose({ seed: 5 }));
  expect(await choose({ seed: 5 })).not.toEqual(await choose({ seed: 6 }));
  expect(await choose({ seed: 5 })).not.toEqual(await choose({ seed: 5, round: 2 }));
});

test('with a seed nothing that the run itself has tried decides, without one it does', async () => {
  await record('earlier', attempt(1, 'steps/1', false));
  const [seeded, free] = [await choose({ seed: 0 }), await choose()];
  expect(free).toEqual(seeded);
  for (let n = 1; n <= 30; n++) await record('now', attempt(n, n <= 15 ? 'code/1' : 'short/1', n <= 15));
  expect(seeded).toContain('short');
  expect(await choose({ seed: 0 })).toEqual(seeded);
  expect(await choose()).not.toContain('short');
});

test('what says nothing of a prompt is not counted', async () => {
  const cached = { ...answer(proof('x')), cached: true };
  await record('r', attempt(1, null, true));
  await record('r', attempt(2, 'short/1', true, { answer: cached }));
  await record('r', attempt(3, 'short/1', true, { error: { code: 'CANCELLED', message: '' } }));
  await record('r', attempt(4, 'short/1', true, { verdict: { status: 'timeout', limitMs: 1, ms: 1 } }));
  await record('r', attempt(5, 'short/1', true, { verdict: null }));
  expect(await store.trialCounts()).toEqual([]);
  // An answer without a proof is a loss, and a repair is counted apart.
  await record(
    'r',
    attempt(6, 'short/1', true, {
      verdict: null,
      submission: null,
      answer: answer(null, { model: gemini.model }),
    }),
  );
  await record('r', attempt(7, 'short/1', true, { repairOf: 6 }));
  expect(await store.trialCounts()).toMatchObject([
    { stage: 'first', trials: 1, wins: 0 },
    { stage: 'repair', trials: 1, wins: 1 },
  ]);
});

test('a prover with a form of its own, or one that this worker does not know, is left alone', async () => {
  const nulls = new Array(20).fill(null);
  expect(await choose({ prover: 'goedel' })).toEqual(nulls);
  expect(await choose({ prover: 'nobody' })).toEqual(nulls);
});
