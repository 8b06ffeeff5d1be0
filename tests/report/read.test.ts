import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { reportOf } from '../../src/report/report/build.ts';
import { readRun } from '../../src/report/report/read.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { ACCEPTED, attempt, result, run } from './sample.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-report-'));
  store = await openStore(join(folder, 'store.db'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const made = async (runId: string) => reportOf(await readRun(store, runId), { at: 99_000, by: 'test' });

it('reads a run of more pages than one, in its order, each theorem once, with attempts, statements, events and loads', async () => {
  const ids = Array.from({ length: 1203 }, (_, i) => `t${i}`);
  const theorems = ids.map((id) => ({
    id,
    name: id,
    header: '',
    context: '',
    statement: `theorem ${id} : 1 = 1`,
  }));
  const source = await store.putText(JSON.stringify(theorems));
  const predictions = await store.putText(
    JSON.stringify({
      t0: {
        ...{
          ms: { mean: 1000, low: 500, high: 2000 },
          probability: 0.8,
          tokens: { mean: 0, low: 0, high: 0 },
        },
        ...{ usd: null, basis: 'similar' },
      },
    }),
  );
  const of = run({ runId: 'large', theoremIds: ids, provenance: { source, predictions } });
  await store.putRun(of);
  for (const theoremId of ids.toReversed()) await store.putResult('large', result({ theoremId }));
  await store.putResult('large', result({ theoremId: 't7', outcome: 'unsolved', stoppedBy: 'rounds' }));
  await store.putAttempt('large', 't5', attempt());
  await store.putAttempt('large', 't5', attempt({ n: 2, sample: 1, verdict: ACCEPTED }));
  await store.putEvent('large', {
    ...{ at: 2000, what: 'lanes', from: 2, to: 4, reason: 'idle', by: 'run' },
  });
  await store.putLoad({
    ...{ worker: 'w', at: 5000, ms: 1000, cpu: null, memory: null, slots: 2, busyMs: 300, availableMs: 1000 },
  });
  const report = await made('large');
  expect(report.theorems.map((row) => row.id)).toEqual(ids);
  expect(report.outcomes).toMatchObject({ solved: 1202, unsolved: 1 });
  expect(report.theorems[5]).toMatchObject({
    ...{ models: ['prover (prover-0601)'], prompts: ['short/1'], statement: 'theorem t5 : 1 = 1' },
  });
  expect(report.models.map((m) => m.prover)).toEqual(['lab']);
  expect(report.events).toHaveLength(1);
  expect(report.utilisation).toEqual({ value: 0.3, source: 'workers' });
  expect(report.calibration?.theorems).toBe(1);
});

it('a record of an older version, with no provenance and nothing of its theorems, is reported as far as it goes', async () => {
  await store.putRun(
    run({ runId: 'old', theoremIds: ['a', 'b'], startedAt: 200_000, endedAt: 260_000, provenance: {} }),
  );
  await store.putResult('old', result({ theoremId: 'a' }));
  const report = await made('old');
  expect(report).toMatchObject({ total: 2, finished: 1, unfinished: ['b'], calibration: null });
  expect(report.theorems[0]).toMatchObject({ statement: null, models: [], proof: 'by omega' });
  expect(report.utilisation.value).toBeNull();
  expect(report.kpis.find((kpi) => kpi.id === 'utilisation')?.met).toBeNull();
});

it('a run that is not there is said', async () => {
  await expect(readRun(store, 'nothing')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
});
