import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities/api.ts';
import { cacheActivities } from '../../activities/cache.ts';
import { recordActivities } from '../../activities/record.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { historyFromJson } from '../../src/temporal/history-json.ts';
import { runIdFor } from '../../src/temporal/ids.ts';
import {
  applyDifferences,
  cancelRun,
  liveState,
  pauseRun,
  progressOf,
  type RunContext,
  resumeRun,
  retryRun,
  type SuiteRun,
  startFileRun,
  startSuiteRun,
  waitForRun,
} from '../../src/temporal/runs.ts';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { childIdFor } from '../../workflows/names.ts';
import { gate, scripted } from '../support/activities.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { fileOf, theorems } from '../support/runs.ts';
import { type TestTemporal, testTemporal } from '../support/temporal.ts';
import { accepted, answer, plan, proof } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const pages: Parameters<Activities['loadTheorems']>[0][] = [];
const { script, activities } = scripted({
  loadTheorems: (input) => {
    pages.push(input);
    const paging = cacheActivities({ lean: leanInMemory(), store, now: Date.now });
    return paging.loadTheorems(input);
  },
});
let temporal: TestTemporal;
let workers: RunningWorker;
let dir: string;
let store: Store;
let ctx: RunContext;
beforeAll(async () => {
  temporal = await testTemporal();
  workers = await temporal.workers(activities);
  dir = await mkdtemp(join(tmpdir(), 'proofloop-runs-'));
  store = await openStore(join(dir, 'store.sqlite'));
  ctx = { ...temporal, store, searchAttributes: true };
});
afterAll(async () => {
  await workers.shutdown();
  await temporal.close();
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const recorded = (test: string, replace: Partial<Activities> = {}) =>
  script(test, { ...recordActivities(store), ...replace });
const suiteRun = (test: string, count: number, more: Partial<SuiteRun> = {}): SuiteRun => ({
  runId: `run-${test}`,
  suite: 'tests',
  suiteSha256: 'abc',
  theorems: theorems(test, count),
  plan: plan(),
  limits: { lanes: 2, costUsd: null },
  provenance: { product: 'test' },
  ...more,
});

test('a run is started, recorded, waited for, archived, and answered from the store afterwards', async () => {
  recorded('whole');
  expect(await startSuiteRun(ctx, suiteRun('whole', 3))).toEqual({ how: 'started', runId: 'run-whole' });
  const record = await waitForRun(ctx, 'run-whole');
  expect(record).toMatchObject({ state: 'done', label: 'tests', provenance: { product: 'test' } });
  expect(record.results.map((r) => [r.theoremId, r.outcome])).toEqual(
    theorems('whole', 3).map((t) => [t.id, 'solved']),
  );
  const history = await store.getHistory(childIdFor('run-whole', 'whole.1'));
  expect(historyFromJson(history ?? '').events?.length).toBeGreaterThan(5);
  expect(await store.getHistory('run-whole')).not.toBeNull();
  expect(await startSuiteRun(ctx, suiteRun('whole', 3))).toMatchObject({
    how: 'finished',
    record: { state: 'done' },
  });
  expect(await progressOf(ctx, 'run-whole')).toMatchObject({ state: 'done', total: 3, running: [] });
});

test('search attributes find the theorems of a suite by outcome', async () => {
  recorded('searched', {
    generate: async ({ theorem }) => answer(proof(theorem.id === 'searched.2' ? 'wrong' : 'good')),
  });
  await startSuiteRun(ctx, suiteRun('searched', 2, { suite: 'searchable', plan: plan({ rounds: 1 }) }));
  await waitForRun(ctx, 'run-searched');
  const found = async (query: string) => {
    const ids = [];
    for await (const one of temporal.client.workflow.list({ query })) ids.push(one.workflowId);
    return ids;
  };
  const unsolved = 'ProofloopSuite = "searchable" AND ProofloopOutcome = "unsolved"';
  let ids: string[] = [];
  // The server's index follows the histories with a delay.
  while (ids.length === 0) ids = await found(unsolved);
  expect(ids).toEqual([childIdFor('run-searched', 'searched.2')]);
});

test('where our search attributes are not registered, a run and its theorems go without them', async () => {
  recorded('bare');
  await startSuiteRun({ ...ctx, searchAttributes: false }, suiteRun('bare', 1));
  expect((await waitForRun(ctx, 'run-bare')).results).toMatchObject([{ outcome: 'solved' }]);
  const ours = async (id: string) =>
    (await temporal.client.workflow.getHandle(id).describe()).typedSearchAttributes
      .getAll()
      .filter(({ key }) => key.name.startsWith('Proofloop'));
  expect(await ours('run-bare')).toEqual([]);
  expect(await ours(childIdFor('run-bare', 'bare.1'))).toEqual([]);
  expect(await ours('run-whole')).not.toEqual([]);
});

test('the same command attaches to a running run, sees what differs, and applies it', async () => {
  const asked = gate();
  const go = gate();
  recorded('attach', {
    generate: async () => {
      asked.resolve();
      await go.promise;
      return answer(proof('good'));
    },
  });
  await startSuiteRun(ctx, suiteRun('attach', 3, { limits: { lanes: 1, costUsd: null } }));
  await asked.promise;
  const again = await startSuiteRun(
    ctx,
    suiteRun('attach', 3, { plan: plan({ samples: 2 }), limits: { lanes: 3, costUsd: 9 } }),
  );
  expect(again).toEqual({
    how: 'attached',
    runId: 'run-attach',
    differences: [
      { what: 'budget.samples', running: 1, asked: 2 },
      { what: 'limits.lanes', running: 1, asked: 3 },
      { what: 'limits.costUsd', running: null, asked: 9 },
    ],
  });
  await applyDifferences(ctx, 'run-attach', again.how === 'attached' ? again.differences : []);
  const progress = await progressOf(ctx, 'run-attach');
  expect(progress.limits).toEqual({ lanes: 3, costUsd: 9 });
  expect(progress.running.map((t) => t.theoremId)).toContain('attach.1');
  expect(progress.running.find((t) => t.theoremId === 'attach.1')).toMatchObject({ phase: 'model' });
  go.resolve();
  const record = await waitForRun(ctx, 'run-attach');
  expect(record).toMatchObject({ limits: { lanes: 3, costUsd: 9 }, plan: { budget: { samples: 2 } } });
});

test('a paused run says so in the record and goes on when it is resumed', async () => {
  const asked = gate();
  const go = gate();
  recorded('pausing', {
    generate: async () => {
      asked.resolve();
      await go.promise;
      return answer(proof('good'));
    },
  });
  await startSuiteRun(ctx, suiteRun('pausing', 2));
  await asked.promise;
  await pauseRun(ctx, 'run-pausing');
  expect((await store.getRun('run-pausing'))?.state).toBe('paused');
  expect((await progressOf(ctx, 'run-pausing')).state).toBe('paused');
  await resumeRun(ctx, 'run-pausing');
  go.resolve();
  expect((await waitForRun(ctx, 'run-pausing')).state).toBe('done');
  await expect(pauseRun(ctx, 'run-pausing')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
});

test('a cancelled run is a record with that state, and the same command starts it again', async () => {
  const busy = gate();
  recorded('cancelling', { verify: () => untilCancelled(busy.resolve, () => {}) });
  await startSuiteRun(ctx, suiteRun('cancelling', 2));
  await busy.promise;
  expect(await liveState(ctx, 'run-cancelling')).toBe('running');
  await cancelRun(ctx, 'run-cancelling');
  expect((await waitForRun(ctx, 'run-cancelling')).state).toBe('cancelled');
  expect(await liveState(ctx, 'run-cancelling')).toBe('closed');
  recorded('cancelling');
  expect((await startSuiteRun(ctx, suiteRun('cancelling', 2))).how).toBe('started');
  const record = await waitForRun(ctx, 'run-cancelling');
  expect(record.results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
});

test('an aborted wait leaves the run as it is', async () => {
  const busy = gate();
  recorded('left', { verify: () => untilCancelled(busy.resolve, () => {}) });
  await startSuiteRun(ctx, suiteRun('left', 1));
  await busy.promise;
  const stop = new AbortController();
  const waiting = waitForRun(ctx, 'run-left', { signal: stop.signal });
  stop.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
  expect(await liveState(ctx, 'run-left')).toBe('running');
  await cancelRun(ctx, 'run-left');
  await waitForRun(ctx, 'run-left');
});

test('a run whose workers have another store fails with the code, and the record says failed', async () => {
  recorded('mismatch', {
    lookupProof: async () => {
      throw ApplicationFailure.nonRetryable('store A is not store B', 'STORE_MISMATCH');
    },
  });
  await startSuiteRun(ctx, suiteRun('mismatch', 2));
  await expect(waitForRun(ctx, 'run-mismatch')).rejects.toMatchObject({ code: 'STORE_MISMATCH' });
  expect((await store.getRun('run-mismatch'))?.state).toBe('failed');
});

test('retry repeats errors only, in a new run', async () => {
  let down = true;
  const noted = recorded('again', {
    generate: async ({ theorem }) => {
      if (theorem.id === 'again.2' && down) throw ApplicationFailure.nonRetryable('no', 'MODEL_REFUSED');
      return answer(proof(theorem.id === 'again.3' ? 'wrong' : 'good'));
    },
  });
  await startSuiteRun(ctx, suiteRun('again', 3, { plan: plan({ rounds: 1 }) }));
  expect((await waitForRun(ctx, 'run-again')).results.map((r) => r.outcome)).toEqual([
    'solved',
    'error',
    'unsolved',
  ]);
  down = false;
  const before = noted.generated.length;
  const started = await retryRun(ctx, 'run-again');
  const record = await waitForRun(ctx, started.runId);
  expect(record.results.map((r) => [r.theoremId, r.outcome])).toEqual([['again.2', 'solved']]);
  expect(noted.generated.slice(before).map((g) => g.theorem.id)).toEqual(['again.2']);
  await expect(retryRun(ctx, started.runId)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(retryRun(ctx, 'no-such-run')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
});

test('a file is proved as a run, and retry keeps the proofs that it has in place', async () => {
  let down = true;
  const contexts: string[] = [];
  recorded('file', {
    lookupProof: async ({ theorem }) => {
      contexts.push(theorem.context);
      return null;
    },
    generate: async ({ theorem }) => {
      if (theorem.name === 'b' && down) throw ApplicationFailure.nonRetryable('no', 'MODEL_REFUSED');
      return answer(proof('good'));
    },
  });
  const run = {
    runId: 'run-file',
    path: 'x.lean',
    file: fileOf('file', ['a', 'b', 'c']),
    plan: plan(),
    limits: { lanes: 1, costUsd: null },
    provenance: {},
  };
  await startFileRun(ctx, run);
  expect((await waitForRun(ctx, 'run-file')).results.map((r) => r.outcome)).toEqual([
    'solved',
    'error',
    'solved',
  ]);
  down = false;
  contexts.length = 0;
  const started = await retryRun(ctx, 'run-file');
  expect((await waitForRun(ctx, started.runId)).results.map((r) => [r.name, r.outcome])).toEqual([
    ['b', 'solved'],
  ]);
  expect(contexts).toEqual(['theorem a : True := good\n']);
});

test('theorems that are too many for an input are paged from the store', async () => {
  const informal = 'x'.repeat(10_000);
  const many = theorems('paged', 30).map((t) => ({ ...t, informal }));
  recorded('paged', {
    lookupProof: async () => ({
      submission: proof('known'),
      verdict: accepted,
      cached: true,
      leanMs: 0,
      cacheMs: 0,
    }),
  });
  await startSuiteRun(ctx, suiteRun('paged', 0, { theorems: many, limits: { lanes: 8, costUsd: null } }));
  const record = await waitForRun(ctx, 'run-paged');
  expect(record.results).toHaveLength(30);
  expect(pages.map((p) => [p.source.kind, p.offset])).toEqual([
    ['stored', 0],
    ['stored', 25],
  ]);
});

test('a run id depends on what its samples mean, and on nothing else', () => {
  const meaning = {
    kind: 'suite',
    label: 'suites/basic.jsonl',
    sha256: 'a',
    theoremIds: ['x', 'y'],
    provers: [{ name: 'local', model: null }],
    lean: 'build',
  } as const;
  const id = runIdFor(meaning);
  expect(id).toMatch(/^bench-basic-[0-9a-f]{12}$/);
  expect(runIdFor({ ...meaning, label: 'other/basic.jsonl' })).toBe(id);
  const others = [
    { ...meaning, sha256: 'b' },
    { ...meaning, theoremIds: ['x'] },
    { ...meaning, lean: 'other' },
    { ...meaning, provers: [{ name: 'gemini', model: 'm' }] },
    { ...meaning, kind: 'file' },
  ] as const;
  expect(new Set([id, ...others.map((m) => runIdFor(m))]).size).toBe(6);
  const fresh = [runIdFor(meaning, { fresh: true }), runIdFor(meaning, { fresh: true })];
  expect(new Set([id, ...fresh]).size).toBe(3);
  expect(runIdFor({ ...meaning, label: '-' })).toMatch(/^bench-input-/);
});
