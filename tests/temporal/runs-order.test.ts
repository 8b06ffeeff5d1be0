import { expect, test } from '@jest/globals';
import {
  applyDifferences,
  differencesOf,
  progressOf,
  startSuiteRun,
  waitForRun,
} from '../../src/temporal/runs.ts';
import { gate } from '../support/activities.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';
import { theorems } from '../support/runs.ts';
import { answer, proof } from '../support/theorems.ts';

const { ctx, recorded } = runWorld();

test('theorems are taken in the order of the plan, which the record keeps', async () => {
  recorded('ordered');
  const [a, b, c] = theorems('ordered', 3);
  await startSuiteRun(ctx(), {
    ...suiteRun('ordered', 3, { limits: { lanes: 1, costUsd: null } }),
    ...{ theorems: [c!, a!, b!], provenance: { order: 'longest-first' } },
  });
  const record = await waitForRun(ctx(), 'run-ordered');
  expect(record.theoremIds).toEqual([c!.id, a!.id, b!.id]);
  expect(record.provenance.order).toBe('longest-first');
  const started = record.results.toSorted((x, y) => x.startedAt - y.startedAt);
  expect(started.map((r) => r.theoremId)).toEqual(record.theoremIds);
});

test('another order is told to a run that is at work, and changes nothing of it', async () => {
  const asked = gate();
  const go = gate();
  recorded('reorder', {
    generate: async () => {
      asked.resolve();
      await go.promise;
      return answer(proof('good'));
    },
  });
  const first = suiteRun('reorder', 2, { provenance: { order: 'file' } });
  await startSuiteRun(ctx(), first);
  await asked.promise;
  const again = await startSuiteRun(ctx(), { ...first, provenance: { order: 'value' }, order: 'value' });
  expect(again).toEqual({
    how: 'attached',
    runId: 'run-reorder',
    differences: [{ what: 'order', running: 'file', asked: 'value' }],
  });
  await applyDifferences(ctx(), 'run-reorder', again.how === 'attached' ? again.differences : []);
  expect((await progressOf(ctx(), 'run-reorder')).state).toBe('running');
  go.resolve();
  const record = await waitForRun(ctx(), 'run-reorder');
  expect(record).toMatchObject({ state: 'done', provenance: { order: 'file' } });
  expect(differencesOf(record, { ...first, order: null })).toEqual([]);
  expect(differencesOf({ ...record, provenance: {} }, { ...first, order: 'file' })).toEqual([]);
});
