import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AdviseLanesInput } from '../../activities/api.ts';
import { laneActivities } from '../../activities/lanes.ts';
import type { Load, RunEvent } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-lanes-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const T = 1_000_000;
const load = (worker: string, at: number, slots: number, busyMs: number): Load => ({
  ...{ worker, at, ms: 5_000, cpu: 0.5, memory: 0.5, slots, busyMs, availableMs: slots * 5_000 },
});
const refused = (at: number, by: string, from: number, to: number): RunEvent => ({
  ...{ at, what: 'model-lanes', from, to, reason: '429', by },
});
const advise = (
  now: number,
  more: Partial<AdviseLanesInput> = {},
  waiting: () => Promise<number | null> = async () => 0,
) =>
  laneActivities({ store, ownSlots: () => 2, waiting, llmConcurrency: 8, now: () => now }).adviseLanes({
    ...{ runId: 'run', lanes: 2, most: 64, inFlight: 2, left: 9, models: 0, leanFirst: true, state: null },
    ...more,
  });

test('before a worker has said anything its own slots count; later those of all workers that were heard of lately', async () => {
  expect(await advise(T)).toMatchObject({ lanes: 3 });
  await store.putLoad(load('a', T - 1_000, 4, 15_000));
  await store.putLoad(load('b', T - 2_000, 2, 7_000));
  await store.putLoad(load('gone', T - 60_000, 9, 0));
  expect(await advise(T, { lanes: 3 })).toMatchObject({ lanes: 9 });
  expect(await store.listEvents('run')).toMatchObject([
    { at: T, what: 'lanes', from: 3, to: 9, reason: '6 Lean slots', by: 'run' },
  ]);
});

test('what each worker was refused lowers what the models bear, and a server that does not say is no fault', async () => {
  await store.putLoad(load('a', T - 1_000, 2, 7_500));
  await store.putLoad(load('b', T - 1_000, 2, 7_500));
  const silent = async () => {
    throw new Error('unavailable');
  };
  const first = await advise(T, { models: 1, leanFirst: false }, silent);
  expect(first).toMatchObject({ lanes: 6 + 16 });
  await store.putEvent('run', refused(T + 11_000, 'a gemini', 8, 4));
  await store.putEvent('run', refused(T + 12_000, 'a gemini', 4, 2));
  await store.putEvent('run', refused(T + 12_000, 'b gemini', 8, 4));
  await store.putLoad(load('a', T + 14_000, 2, 7_500));
  await store.putLoad(load('b', T + 14_000, 2, 7_500));
  const next = await advise(T + 15_000, { models: 1, leanFirst: false, lanes: 22, state: first.state });
  expect(next.lanes).toBe(6 + 6);
  expect((await store.listEvents('run')).at(-1)?.reason).toContain('3 requests were refused');
});

test('lanes that somebody set by hand are where it goes on from', async () => {
  const first = await advise(T);
  const later = await advise(T + 20_000, { lanes: 30, inFlight: 30, state: first.state });
  expect(later.state.value).toBe(30);
});
