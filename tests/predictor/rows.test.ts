import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RunRecord, TheoremResult } from '../../src/model/index.ts';
import { finishedRuns, proverOf, rowsOf, settingOf } from '../../src/predictor/rows.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { putFinished, resultOf } from './support.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-rows-'));
  store = await openStore(join(folder, 'store.db'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

let runs = 0;
/** The rows that a run of its own prover with one result comes to. */
const rowsFor = async (over: Partial<TheoremResult>, run: Parameters<typeof putFinished>[3] = {}) => {
  const prover = `p${++runs}`;
  const plan = {
    provers: [prover],
    budget: { rounds: 4, samples: 2, tokens: null, costUsd: null, wallMs: null },
    lean: { wallMs: 20_000, heartbeats: 200_000 },
    cache: true,
    onModelFailure: 'fail' as const,
  };
  await putFinished(store, `run${runs}`, [resultOf(4, over)], { plan, ...run });
  return rowsOf(store, prover, await finishedRuns(store));
};
const ledger = (over: Partial<TheoremResult['ledger']>) => ({ ledger: { ...resultOf(4).ledger, ...over } });

test('a result says how long its theorem was worked on, less what it waited; never more than its wall clock', async () => {
  const [row] = await rowsFor(ledger({ cacheMs: 1, leanMs: 40, modelMs: 100, totalMs: 900 }));
  expect(row).toMatchObject({ ms: 141, theorem: { id: 't4' }, setting: { answers: 8, wallMs: null } });
  const [parallel] = await rowsFor(ledger({ cacheMs: 0, leanMs: 40, modelMs: 4000, totalMs: 900 }));
  expect(parallel?.ms).toBe(900);
});

test.each<[string, Partial<TheoremResult>]>([
  ['a fault', { outcome: 'error', stoppedBy: 'error' }],
  ['a cancellation', { outcome: 'unsolved', stoppedBy: 'cancelled' }],
  ['a proof from the store', { outcome: 'solved', cached: true, prover: null }],
  ['a limit of the whole run', { outcome: 'unsolved', stoppedBy: 'cost', stoppedScope: 'run' }],
])('%s says nothing of its theorem', async (_, over) => {
  expect(await rowsFor(over)).toEqual([]);
});

test("a theorem's own limit, a refutation and a conditional proof say what they are", async () => {
  expect(await rowsFor({ outcome: 'unsolved', stoppedBy: 'time', stoppedScope: 'theorem' })).toMatchObject([
    { solved: false },
  ]);
  expect(await rowsFor({ outcome: 'refuted', stoppedBy: 'proof' })).toMatchObject([{ solved: false }]);
  const [conditional] = await rowsFor({ outcome: 'conditional', stoppedBy: 'proof' });
  expect(conditional?.solved).toBeNull();
  expect(conditional?.ms).toBeGreaterThan(0);
});

test('answers from the store count as tokens, but not as time or money', async () => {
  const [row] = await rowsFor(
    ledger({ cachedAnswers: 2, cachedTokens: 30, inputTokens: 20, outputTokens: 10, modelCalls: 1 }),
  );
  expect(row).toMatchObject({ ms: null, usd: null, tokens: 30 });
});

test('runs that are not over, have failed, or whose Lean failed its canary are left out', async () => {
  const canary: RunRecord['canary'] = {
    outcome: 'accepted the false',
    ...{ checker: '2', lean: '4.28.0', backend: 'b', cheats: [], ms: 1 },
    truth: 'accepted',
  };
  expect(await rowsFor({}, { state: 'running' })).toEqual([]);
  expect(await rowsFor({}, { state: 'failed' })).toEqual([]);
  expect(await rowsFor({}, { canary })).toEqual([]);
  expect(await rowsFor({}, { state: 'cancelled' })).toHaveLength(1);
});

test('records whose theorems are gone or damaged are left out; those of older forms count', async () => {
  expect(await rowsFor({}, { provenance: {} })).toEqual([]);
  expect(await rowsFor({}, { provenance: { source: '0'.repeat(64) } })).toEqual([]);
  const damaged = await store.putText('[{"id": 1}');
  expect(await rowsFor({}, { provenance: { source: damaged } })).toEqual([]);
  const { stoppedScope: _, refutation: __, ...old } = resultOf(4);
  expect(await rowsFor(old)).toHaveLength(1);
});

test('provers have a name together, and a setting', () => {
  const budget = { rounds: 3, samples: 4, maxSamples: 5, tokens: null, costUsd: null, wallMs: 9000 };
  expect(proverOf({ provers: ['local', 'gemini'] })).toBe('local,gemini');
  expect(proverOf({ provers: ['a', 'b'], race: true })).toBe('a|b');
  expect(settingOf({ provers: ['local', 'a', 'b'], budget })).toEqual({ answers: 10, wallMs: 9000 });
  expect(settingOf({ provers: ['local'], budget })).toEqual({ answers: 0, wallMs: 9000 });
});
