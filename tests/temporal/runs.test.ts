import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { historyFromJson } from '../../src/temporal/history-json.ts';
import {
  applyDifferences,
  cancelRun,
  liveState,
  pauseRun,
  progressOf,
  resumeRun,
  startSuiteRun,
  waitForRun,
} from '../../src/temporal/runs.ts';
import { childIdFor } from '../../workflows/names.ts';
import { gate } from '../support/activities.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';
import { theorems } from '../support/runs.ts';
import { answer, canary, plan, proof } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { ctx, recorded } = runWorld();

test('a run is started, recorded, waited for, archived, and answered from the store afterwards', async () => {
  recorded('whole');
  expect(await startSuiteRun(ctx(), suiteRun('whole', 3))).toEqual({ how: 'started', runId: 'run-whole' });
  const record = await waitForRun(ctx(), 'run-whole');
  expect(record).toMatchObject({ state: 'done', label: 'tests', provenance: { product: 'test' } });
  expect(record.results.map((r) => [r.theoremId, r.outcome])).toEqual(
    theorems('whole', 3).map((t) => [t.id, 'solved']),
  );
  const history = await ctx().store.getHistory(childIdFor('run-whole', 'whole.1'));
  expect(historyFromJson(history ?? '').events?.length).toBeGreaterThan(5);
  expect(await ctx().store.getHistory('run-whole')).not.toBeNull();
  expect(await startSuiteRun(ctx(), suiteRun('whole', 3))).toMatchObject({
    how: 'finished',
    record: { state: 'done' },
  });
  expect(await progressOf(ctx(), 'run-whole')).toMatchObject({ state: 'done', total: 3, running: [] });
});

test('a run that its canary ends has no result and throws the fault of the catalogue', async () => {
  recorded('canaried', { canary: async () => canary('accepted the false') });
  await startSuiteRun(ctx(), suiteRun('canaried', 2));
  await expect(waitForRun(ctx(), 'run-canaried')).rejects.toMatchObject({
    name: 'ProofloopError',
    code: 'CANARY_ACCEPTED',
    message: expect.stringContaining('2 + 2 = 5 (no proof)'),
  });
  expect(await ctx().store.getRun('run-canaried')).toMatchObject({ state: 'failed', results: [] });
});

test('a finished run says with which other budgets it was run', async () => {
  recorded('finished');
  await startSuiteRun(ctx(), suiteRun('finished', 1));
  await waitForRun(ctx(), 'run-finished');
  expect(await startSuiteRun(ctx(), suiteRun('finished', 1, { plan: plan({ rounds: 9 }) }))).toMatchObject({
    how: 'finished',
    differences: [{ what: 'budget.rounds', running: 3, asked: 9 }],
  });
});

test('search attributes find the theorems of a suite by outcome', async () => {
  recorded('searched', {
    generate: async ({ theorem }) => answer(proof(theorem.id === 'searched.2' ? 'wrong' : 'good')),
  });
  await startSuiteRun(ctx(), suiteRun('searched', 2, { suite: 'searchable', plan: plan({ rounds: 1 }) }));
  await waitForRun(ctx(), 'run-searched');
  const found = async (query: string) => {
    const ids = [];
    for await (const one of ctx().client.workflow.list({ query })) ids.push(one.workflowId);
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
  await startSuiteRun({ ...ctx(), searchAttributes: false }, suiteRun('bare', 1));
  expect((await waitForRun(ctx(), 'run-bare')).results).toMatchObject([{ outcome: 'solved' }]);
  const ours = async (id: string) =>
    (await ctx().client.workflow.getHandle(id).describe()).typedSearchAttributes
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
  await startSuiteRun(ctx(), suiteRun('attach', 3, { limits: { lanes: 1, costUsd: null } }));
  await asked.promise;
  const again = await startSuiteRun(
    ctx(),
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
  await applyDifferences(ctx(), 'run-attach', again.how === 'attached' ? again.differences : []);
  const progress = await progressOf(ctx(), 'run-attach');
  expect(progress.limits).toMatchObject({ lanes: 3, costUsd: 9 });
  expect(progress.running.map((t) => t.theoremId)).toContain('attach.1');
  expect(progress.running.find((t) => t.theoremId === 'attach.1')).toMatchObject({ phase: 'model' });
  go.resolve();
  const record = await waitForRun(ctx(), 'run-attach');
  expect(record).toMatchObject({ limits: { lanes: 3, costUsd: 9 }, plan: { budget: { samples: 2 } } });
  const reason = 'the same command again, with other limits';
  expect(await ctx().store.listEvents('run-attach')).toMatchObject([
    { what: 'samples', from: 1, to: 2, reason },
    { what: 'lanes', from: 1, to: 3, reason },
    { what: 'max-cost', from: null, to: 9, reason },
  ]);
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
  await startSuiteRun(ctx(), suiteRun('pausing', 2));
  await asked.promise;
  const why = { reason: 'pause: the machine is needed', by: 'ada@lab' };
  for (let i = 0; i < 2; i++) await pauseRun(ctx(), 'run-pausing', why);
  expect((await ctx().store.getRun('run-pausing'))?.state).toBe('paused');
  expect((await progressOf(ctx(), 'run-pausing')).state).toBe('paused');
  await resumeRun(ctx(), 'run-pausing');
  go.resolve();
  expect((await waitForRun(ctx(), 'run-pausing')).state).toBe('done');
  expect(await ctx().store.listEvents('run-pausing')).toMatchObject([
    { what: 'state', from: 'running', to: 'paused', ...why },
    { what: 'state', from: 'paused', to: 'running', reason: 'resume', by: expect.stringContaining('@') },
  ]);
  await expect(pauseRun(ctx(), 'run-pausing')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
});

test('a cancelled run is a record with that state, and the same command starts it again', async () => {
  const busy = gate();
  recorded('cancelling', { verify: () => untilCancelled(busy.resolve, () => {}) });
  await startSuiteRun(ctx(), suiteRun('cancelling', 2));
  await busy.promise;
  expect(await liveState(ctx(), 'run-cancelling')).toBe('running');
  await cancelRun(ctx(), 'run-cancelling');
  expect((await waitForRun(ctx(), 'run-cancelling')).state).toBe('cancelled');
  const isCancelled = { what: 'state', from: 'running', to: 'cancelled', reason: 'cancel' };
  expect(await ctx().store.listEvents('run-cancelling')).toMatchObject([isCancelled]);
  expect(await liveState(ctx(), 'run-cancelling')).toBe('closed');
  recorded('cancelling');
  expect((await startSuiteRun(ctx(), suiteRun('cancelling', 2))).how).toBe('started');
  const record = await waitForRun(ctx(), 'run-cancelling');
  expect(record.results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
});

test('a run that is cancelled at the Temporal server says so among its events', async () => {
  const busy = gate();
  recorded('cancelled-there', { verify: () => untilCancelled(busy.resolve, () => {}) });
  await startSuiteRun(ctx(), suiteRun('cancelled-there', 1));
  await busy.promise;
  await ctx().client.workflow.getHandle('run-cancelled-there').cancel();
  await waitForRun(ctx(), 'run-cancelled-there');
  expect(await ctx().store.listEvents('run-cancelled-there')).toMatchObject([
    { what: 'state', to: 'cancelled', by: 'run', reason: expect.stringContaining('Temporal server') },
  ]);
});

test('an aborted wait leaves the run as it is', async () => {
  const busy = gate();
  recorded('left', { verify: () => untilCancelled(busy.resolve, () => {}) });
  await startSuiteRun(ctx(), suiteRun('left', 1));
  await busy.promise;
  const stop = new AbortController();
  const waiting = waitForRun(ctx(), 'run-left', { signal: stop.signal });
  stop.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
  expect(await liveState(ctx(), 'run-left')).toBe('running');
  await cancelRun(ctx(), 'run-left');
  await waitForRun(ctx(), 'run-left');
});

test('a run whose workers have another store fails with the code, and the record says failed', async () => {
  recorded('mismatch', {
    lookupProof: async () => {
      throw ApplicationFailure.nonRetryable('store A is not store B', 'STORE_MISMATCH');
    },
  });
  await startSuiteRun(ctx(), suiteRun('mismatch', 2));
  await expect(waitForRun(ctx(), 'run-mismatch')).rejects.toMatchObject({ code: 'STORE_MISMATCH' });
  expect((await ctx().store.getRun('run-mismatch'))?.state).toBe('failed');
});
