import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Activities } from '../../activities/api.ts';
import { beginRunActivity } from '../../activities/begin-run.ts';
import { cacheActivities } from '../../activities/cache.ts';
import { earlierActivities } from '../../activities/earlier.ts';
import { recordActivities } from '../../activities/record.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import type { RunContext, SuiteRun } from '../../src/temporal/runs.ts';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { scripted } from './activities.ts';
import { leanInMemory } from './lean-service.ts';
import { theorems } from './runs.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';
import { plan } from './theorems.ts';

/** Runs on a real server with a real store, for the tests of one file; `ctx` is there once the tests run. */
export const runWorld = (slots: { readonly lean?: number } = {}) => {
  let temporal: TestTemporal;
  let workers: RunningWorker;
  let dir: string;
  let store: Store;
  const pages: Parameters<Activities['loadTheorems']>[0][] = [];
  const { script, activities } = scripted({
    beginRun: (input) => beginRunActivity(store).beginRun(input),
    loadTheorems: (input) => {
      pages.push(input);
      return cacheActivities({ lean: leanInMemory(), store, now: Date.now }).loadTheorems(input);
    },
  });
  beforeAll(async () => {
    temporal = await testTemporal();
    workers = await temporal.workers(activities, slots);
    dir = await mkdtemp(join(tmpdir(), 'proofloop-runs-'));
    store = await openStore(join(dir, 'store.sqlite'));
  });
  afterAll(async () => {
    await workers.shutdown();
    await temporal.close();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });
  return {
    /** What `loadTheorems` was asked. */
    pages,
    ctx: (): RunContext => ({ ...temporal, store, searchAttributes: true }),
    /** Scripts a test whose attempts, results and states go to the store. */
    recorded: (test: string, replace: Partial<Activities> = {}) =>
      script(test, { ...recordActivities(store), ...earlierActivities(store), ...replace }),
  };
};

export const suiteRun = (test: string, count: number, more: Partial<SuiteRun> = {}): SuiteRun => ({
  runId: `run-${test}`,
  suite: 'tests',
  suiteSha256: 'abc',
  theorems: theorems(test, count),
  plan: plan(),
  limits: { lanes: 2, costUsd: null },
  provenance: { product: 'test' },
  ...more,
});
