import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Activities } from '../../activities/api.ts';
import { createActivities } from '../../activities/index.ts';
import type { RunRecord } from '../../src/model/index.ts';
import { WORKFLOW_VERSION } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { theorems } from '../support/runs.ts';
import { plan, proof, theorem } from '../support/theorems.ts';

let dir: string;
let store: Store;
let activities: Activities;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-cache-'));
  store = await openStore(join(dir, 'store.sqlite'));
  activities = createActivities({
    provers: new Map(),
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

const guard = () => ({ storeId: store.id, workflowVersion: WORKFLOW_VERSION });
const lookup = (more = {}) => ({
  theorem: theorem('t'),
  lean: plan().lean,
  guard: guard(),
  cache: true,
  ...more,
});

test('an accepted proof is found again by its theorem, unless the cache is not to be used', async () => {
  expect(await runActivity(activities.lookupProof, lookup())).toBeNull();
  const { lean } = plan();
  await runActivity(activities.verify, {
    runId: 'r',
    theorem: theorem('t'),
    lean,
    submission: proof('good'),
    cache: true,
  });
  expect(await runActivity(activities.lookupProof, lookup())).toMatchObject({
    submission: proof('good'),
    cached: true,
    verdict: { status: 'accepted' },
  });
  expect(await runActivity(activities.lookupProof, lookup({ cache: false }))).toBeNull();
  const elsewhere = theorem('t', { context: 'open Nat\n' });
  expect(await runActivity(activities.lookupProof, lookup({ theorem: elsewhere }))).toBeNull();
});

test('work of another store or of another workflow version is refused for good, and says which', async () => {
  const otherStore = { ...guard(), storeId: 'other' };
  await expect(runActivity(activities.lookupProof, lookup({ guard: otherStore }))).rejects.toMatchObject({
    type: 'STORE_MISMATCH',
    nonRetryable: true,
    message: expect.stringContaining(store.id),
  });
  const otherVersion = { ...guard(), workflowVersion: '0' };
  await expect(
    runActivity(activities.lookupProof, lookup({ guard: otherVersion, cache: false })),
  ).rejects.toMatchObject({ type: 'WORKFLOW_VERSION_MISMATCH', nonRetryable: true });
  const source = { kind: 'inline', theorems: [] } as const;
  await expect(
    runActivity(activities.loadTheorems, { source, guard: otherStore, offset: 0, limit: 1 }),
  ).rejects.toMatchObject({ type: 'STORE_MISMATCH' });
});

test('theorems are paged from the store', async () => {
  const all = theorems('p', 7);
  const sha256 = await store.putText(JSON.stringify(all));
  const source = { kind: 'stored', sha256, count: 7 } as const;
  const page = (offset: number) =>
    runActivity(activities.loadTheorems, { source, guard: guard(), offset, limit: 3 });
  expect([...(await page(0)), ...(await page(3)), ...(await page(6))]).toEqual(all);
  await expect(
    runActivity(activities.loadTheorems, {
      source: { ...source, sha256: 'gone' },
      guard: guard(),
      offset: 0,
      limit: 3,
    }),
  ).rejects.toMatchObject({ type: 'STORE_UNUSABLE' });
});

test('the end of a run is recorded without touching its results; a run without a record is left alone', async () => {
  const limits = { lanes: 2, costUsd: null };
  const end = { state: 'done', limits, endedAt: 5 } as const;
  await runActivity(activities.recordRunState, { runId: 'unknown', ...end });
  expect(await store.getRun('unknown')).toBeNull();
  const record: RunRecord = {
    runId: 'r',
    kind: 'suite',
    label: 'x',
    state: 'running',
    plan: plan(),
    limits: { lanes: 1, costUsd: null },
    theoremIds: ['t'],
    results: [],
    startedAt: 1,
    endedAt: null,
    provenance: { a: 'b' },
  };
  await store.putRun(record);
  await runActivity(activities.recordRunState, { runId: 'r', ...end });
  expect(await store.getRun('r')).toEqual({ ...record, ...end });
});
