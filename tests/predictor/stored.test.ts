import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { predictionSchema } from '../../src/model/index.ts';
import { loadPredictor } from '../../src/predictor/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { numbers, putFinished, resultOf, theoremOf } from './support.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-predictor-'));
  store = await openStore(join(folder, 'store.db'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const put = (runId: string, from: number, count: number) =>
  putFinished(
    store,
    runId,
    numbers(count, from).map((n) => resultOf(n)),
  );

test('there is no predictor without records, nor with a few, nor of a prover that was never asked', async () => {
  expect(await loadPredictor(store, 'local')).toBeNull();
  await put('few', 0, 10);
  expect(await loadPredictor(store, 'local')).toBeNull();
  await put('more', 10, 40);
  expect(await loadPredictor(store, 'gemini')).toBeNull();
  expect(await store.listPredictors()).toEqual([]);
});

test('it is trained once for the same records, and anew when a run has ended', async () => {
  await put('one', 0, 40);
  const predict = await loadPredictor(store, 'local');
  expect(predictionSchema.parse(predict!(theoremOf(3)))).toMatchObject({ basis: 'history' });
  expect(predict!(theoremOf(90))?.basis).toBe('similar');
  await loadPredictor(store, 'local');
  expect((await store.latestPredictor('local'))?.version).toBe(1);
  await put('two', 80, 20);
  const refreshed = await loadPredictor(store, 'local');
  expect(refreshed!(theoremOf(90))?.basis).toBe('history');
  expect((await store.latestPredictor('local'))?.version).toBe(2);
});

test.each([
  ['of another format', '{"format":99}'],
  ['of another product version', '{"format":1,"product":"9.9.9"}'],
  ['damaged', '{"format":1,'],
])('a stored one that is %s is replaced, which is no error', async (_, json) => {
  await put('one', 0, 40);
  await store.putPredictor('local', { at: 1, json });
  expect((await loadPredictor(store, 'local'))!(theoremOf(3))).not.toBeNull();
  expect((await store.latestPredictor('local'))?.version).toBe(2);
});

test('a plan that allows more of a model changes what is predicted, where the records say so', async () => {
  const plan = (samples: number) => ({
    ...{ provers: ['m'], cache: true, onModelFailure: 'fail' as const },
    budget: { rounds: 1, samples, tokens: null, costUsd: null, wallMs: null },
    lean: { wallMs: 20_000, heartbeats: 200_000 },
  });
  const all = (outcome: 'solved' | 'unsolved', from: number) =>
    numbers(60, from).map((n) =>
      resultOf(n, { outcome, stoppedBy: outcome === 'solved' ? 'proof' : 'rounds' }),
    );
  await putFinished(store, 'little', all('unsolved', 0), { plan: plan(1) });
  await putFinished(store, 'much', all('solved', 60), { plan: plan(32) });
  const little = await loadPredictor(store, 'm', plan(1));
  const much = await loadPredictor(store, 'm', plan(32));
  expect(little!(theoremOf(300))!.probability).toBeLessThan(much!(theoremOf(300))!.probability);
});
