import { expect, test } from '@jest/globals';
import type { Activities, Quote } from '../../activities/api.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { gate } from '../support/activities.ts';
import { suiteInput } from '../support/runs.ts';
import { scriptedWorld } from '../support/scripted-world.ts';
import { answer, plan, proof } from '../support/theorems.ts';

const { script, client } = scriptedWorld();

const batch = { pollMs: 50, waitMs: 60_000, lingerMs: 20_000 };
const quote: Activities['quote'] = async ({ askedBy }): Promise<Quote> => ({
  ...{ usd: 0.2, tokens: 20, stored: false },
  batch: { sha256: askedBy, bytes: 100, maxBytes: 1_000, usd: 0.1 },
});
const start = (name: string, count: number, more: Parameters<typeof suiteInput>[2] = {}) => {
  const input = suiteInput(name, count, { plan: plan({ rounds: 2 }, { batch }), ...more });
  return client().workflow.start(WORKFLOWS.runSuite, {
    workflowId: input.runId,
    taskQueue: QUEUES.main,
    args: [input],
  });
};

test('each round of all theorems in flight is one job, and the answers are paid as the job says', async () => {
  const jobs: (readonly { id: string }[])[] = [];
  const noted = script('batch', {
    quote,
    batchCreate: async ({ requests, displayName }) => {
      jobs.push(requests);
      return { name: displayName, found: false };
    },
    generate: async ({ theorem, round, maxCostUsd, askedBy }) => {
      expect(maxCostUsd).toBe(0);
      const good = round === 2 || theorem.id === 'batch.1';
      return answer(proof(good ? 'good' : 'wrong'), { cached: true, askedBy });
    },
  });
  await (await start('batch', 4, { limits: { lanes: 4, costUsd: 2 } })).result();
  expect(jobs.map((requests) => requests.length)).toEqual([4, 3]);
  expect(noted.results.map((r) => r.outcome)).toEqual(['solved', 'solved', 'solved', 'solved']);
  const second = noted.results.find((r) => r.theoremId === 'batch.2');
  expect(second?.ledger).toMatchObject({ modelCalls: 2, cachedAnswers: 0, estimatedCalls: 0 });
  expect(second?.ledger.costUsd).toBeCloseTo(0.01);
});

test('a job takes no more bytes than its provider allows', async () => {
  const sizes: number[] = [];
  script('large', {
    quote: async (input) => ({
      ...(await quote(input)),
      batch: { sha256: 's', bytes: 400, maxBytes: 1_000, usd: 0.1 },
    }),
    batchCreate: async ({ requests, displayName }) => {
      sizes.push(requests.length);
      return { name: displayName, found: false };
    },
    generate: async ({ askedBy }) => answer(proof('good'), { cached: true, askedBy }),
  });
  await (await start('large', 5, { limits: { lanes: 5, costUsd: null } })).result();
  expect(sizes.sort()).toEqual([1, 2, 2]);
});

test('what failed in a job is asked singly, at the whole price, and the result says why', async () => {
  const noted = script('failing', {
    quote,
    batchCollect: async ({ requests }) => ({
      answered: requests.slice(0, 1).map(({ id }) => ({ id, costUsd: 0.005, tokens: null })),
      failed: requests.slice(1).map(({ id }) => ({ id, why: '13 internal' })),
    }),
    generate: async ({ maxCostUsd, askedBy }) =>
      answer(proof('good'), maxCostUsd === 0 ? { cached: true, askedBy } : { costUsd: 0.02 }),
  });
  await (await start('failing', 2, { limits: { lanes: 2, costUsd: 2 } })).result();
  expect(noted.results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
  const single = noted.results.find((r) => r.ledger.costUsd === 0.02);
  expect(single?.notes.join()).toContain('13 internal');
  expect(single?.ledger.estimatedCalls).toBe(0);
  // An answer without usage may have taken its bound.
  const unknown = noted.results.find((r) => r !== single);
  expect(unknown?.ledger).toMatchObject({ costUsd: 0.1, estimatedUsd: 0.1 });
});

test('cancelling the run cancels the job', async () => {
  const looked = gate();
  const cancelled: string[] = [];
  const noted = script('cancelled', {
    quote,
    batchLook: async () => {
      looked.resolve();
      return { state: 'working', detail: 'JOB_STATE_RUNNING' };
    },
    batchCancel: async ({ name }) => {
      cancelled.push(name);
    },
  });
  const handle = await start('cancelled', 2, { limits: { lanes: 2, costUsd: 2 } });
  await looked.promise;
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
  expect(cancelled).toEqual([expect.stringContaining('run-cancelled')]);
  // The job may be billed for what it had answered.
  for (const r of noted.results) expect(r.ledger).toMatchObject({ estimatedUsd: 0.1, estimatedCalls: 1 });
});

test('a job that takes too long is cancelled, keeps its estimate, and its requests are asked singly', async () => {
  const cancelled: string[] = [];
  const noted = script('late', {
    quote,
    batchLook: async () => ({ state: 'working', detail: 'JOB_STATE_PENDING' }),
    batchCancel: async ({ name }) => {
      cancelled.push(name);
    },
    generate: async () => answer(proof('good'), { costUsd: 0.02 }),
  });
  const late = plan({ rounds: 1 }, { batch: { ...batch, waitMs: 300 } });
  await (await start('late', 1, { plan: late, limits: { lanes: 1, costUsd: 2 } })).result();
  expect(cancelled).toHaveLength(1);
  expect(noted.results).toMatchObject([{ outcome: 'solved', ledger: { estimatedUsd: 0.1, modelCalls: 1 } }]);
  expect(noted.results[0]?.ledger.costUsd).toBeCloseTo(0.12);
});

test('a prover without batch jobs is asked singly', async () => {
  const noted = script('single', { quote: async () => ({ usd: 0.2, tokens: 20, stored: false }) });
  await (await start('single', 2)).result();
  expect(noted.results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
});
