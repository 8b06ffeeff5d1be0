import { expect, test } from '@jest/globals';
import { WorkflowFailedError, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { RunSuiteInput } from '../../src/model/index.ts';
import { runProgressQuery, theoremProgressQuery } from '../../workflows/messages.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import type { RunSummary } from '../../workflows/run/lifecycle.ts';
import type { SuiteProgress } from '../../workflows/runSuite.ts';
import { gate, judged } from '../support/activities.ts';
import { suiteInput, theorems } from '../support/runs.ts';
import { scriptedWorld } from '../support/scripted-world.ts';
import { answer, canary, plan, proof } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, client } = scriptedWorld();

type Run = (input: RunSuiteInput, before?: SuiteProgress) => Promise<RunSummary>;
const start = (
  input: RunSuiteInput,
  before: SuiteProgress = {},
): Promise<WorkflowHandleWithFirstExecutionRunId<Run>> =>
  client().workflow.start<Run>(WORKFLOWS.runSuite, {
    workflowId: input.runId,
    taskQueue: QUEUES.main,
    args: [input, before],
  });
const update = (handle: WorkflowHandleWithFirstExecutionRunId<Run>, name: string, ...args: unknown[]) =>
  handle.executeUpdate<unknown, [unknown, ...unknown[]]>(name, { args: args as [unknown] });

test('every theorem gets one result, and no more run at once than there are lanes', async () => {
  let now = 0;
  let most = 0;
  const noted = script('lanes', {
    lookupProof: async () => {
      now += 1;
      most = Math.max(most, now);
      return null;
    },
    recordResult: async () => {
      now -= 1;
    },
  });
  const handle = await start(suiteInput('lanes', 7, { limits: { lanes: 3, costUsd: null } }));
  const summary = await handle.result();
  expect(summary).toMatchObject({ state: 'done', total: 7 });
  expect(summary.spentUsd).toBeCloseTo(0.07);
  expect(noted.results.map((r) => r.theoremId).sort()).toEqual(theorems('lanes', 7).map((t) => t.id));
  expect(most).toBe(3);
  expect(noted.states).toEqual(['done']);
  expect(await handle.query(runProgressQuery)).toMatchObject({ state: 'done', running: [], total: 7 });
});

test.each([
  ['accepts what is false', 'accepted the false', 'CANARY_ACCEPTED'],
  ['refuses what is true', 'refused the true', 'CANARY_REFUSED'],
] as const)('a checker that %s ends the run before its first theorem', async (what, outcome, type) => {
  const name = `canary-${what.split(' ')[0]}`;
  const noted = script(name, { canary: async () => canary(outcome) });
  const handle = await start(suiteInput(name, 3, { canary: { header: '' } }));
  const error = await handle.result().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect((error as WorkflowFailedError).cause).toMatchObject({ type, nonRetryable: true });
  expect(noted).toMatchObject({ generated: [], verified: [], results: [], states: ['failed'] });
});

test('a canary is judged once, before the first theorem, also when the run continues as new', async () => {
  const order: string[] = [];
  script('canaryOnce', {
    canary: async ({ header }) => {
      order.push(`canary ${header}`);
      return canary();
    },
    lookupProof: async () => {
      order.push('theorem');
      return null;
    },
  });
  const input = suiteInput('canaryOnce', 6, {
    canary: { header: 'import Std' },
    limits: { lanes: 1, costUsd: null },
  });
  await (await start(input, { historyLimit: 25 })).result();
  expect(order).toEqual(['canary import Std', ...Array.from({ length: 6 }, () => 'theorem')]);
});

test('one theorem that fails is an error of that theorem only', async () => {
  const noted = script('oneBad', {
    generate: async ({ theorem }) => {
      if (theorem.id === 'oneBad.2') throw ApplicationFailure.nonRetryable('no', 'MODEL_REFUSED');
      return answer(proof('good'));
    },
  });
  await (await start(suiteInput('oneBad', 3))).result();
  const outcomes = Object.fromEntries(noted.results.map((r) => [r.theoremId, r.outcome]));
  expect(outcomes).toEqual({ 'oneBad.1': 'solved', 'oneBad.2': 'error', 'oneBad.3': 'solved' });
});

test('a worker with another store ends the whole run', async () => {
  const noted = script('foreign', {
    lookupProof: async () => {
      throw ApplicationFailure.nonRetryable('another store', 'STORE_MISMATCH');
    },
  });
  const error = await (await start(suiteInput('foreign', 5))).result().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(WorkflowFailedError);
  expect(noted.states).toEqual(['failed']);
  expect(noted.results).toEqual([]);
});

test('the money limit of the run holds for all in flight together', async () => {
  // Each request may cost up to 0.2 and does; a theorem of two rounds that all fail would take 0.4.
  let spent = 0;
  const noted = script('money', {
    generate: async ({ maxCostUsd }) => {
      if (maxCostUsd !== null && maxCostUsd < 0.2 - 1e-9)
        throw ApplicationFailure.create({ type: 'OVER_BUDGET', nonRetryable: true, details: [0.2] });
      spent += 0.2;
      return answer(proof('wrong'), { costUsd: 0.2 });
    },
  });
  const input = suiteInput('money', 6, {
    plan: plan({ rounds: 2 }),
    limits: { lanes: 3, costUsd: 1 },
  });
  const summary = await (await start(input)).result();
  expect(spent).toBeLessThanOrEqual(1 + 1e-9);
  expect(summary.spentUsd).toBeCloseTo(spent);
  expect(new Set(noted.results.map((r) => r.theoremId)).size).toBe(6);
});

test('a theorem that starved while others held their money is tried again with what they left', async () => {
  const others = gate();
  const noted = script('starved', {
    generate: async ({ theorem, maxCostUsd }) => {
      const bound = theorem.id === 'starved.1' ? 0.8 : 0.1;
      if (maxCostUsd !== null && maxCostUsd < bound) {
        others.resolve();
        throw ApplicationFailure.create({ type: 'OVER_BUDGET', nonRetryable: true, details: [bound] });
      }
      if (theorem.id !== 'starved.1') await others.promise;
      return answer(proof('good'), { costUsd: 0.05 });
    },
  });
  await (await start(suiteInput('starved', 2, { limits: { lanes: 2, costUsd: 1 } }))).result();
  const first = noted.results.filter((r) => r.theoremId === 'starved.1');
  expect(first.map((r) => [r.outcome, r.stoppedBy])).toEqual([
    ['unsolved', 'cost'],
    ['solved', 'proof'],
  ]);
});

test('where the limit does not pay a request for each lane, as many are at work as it pays for, and nobody starves', async () => {
  let now = 0;
  let most = 0;
  let spent = 0;
  const three = gate();
  const noted = script('few', {
    quote: async () => ({ usd: 0.3, tokens: 15, stored: false }),
    lookupProof: async () => {
      now += 1;
      most = Math.max(most, now);
      if (now === 3) three.resolve();
      return null;
    },
    generate: async () => {
      await three.promise;
      spent += 0.02;
      return answer(proof('good'), { costUsd: 0.02 });
    },
    recordResult: async () => {
      now -= 1;
    },
  });
  const input = suiteInput('few', 8, { limits: { lanes: 8, costUsd: 1 }, requestUsd: 0.3 });
  const summary = await (await start(input)).result();
  expect(most).toBe(3);
  expect(noted.results.map((r) => r.outcome)).toEqual(new Array(8).fill('solved'));
  expect(summary.spentUsd).toBeCloseTo(spent);
});

test('theorems that starved beside each other go on side by side, once it is known what they lack', async () => {
  const two = gate();
  let asked = 0;
  const noted = script('side', {
    quote: async () => ({ usd: 0.3, tokens: 15, stored: false }),
    generate: async () => {
      asked += 1;
      if (asked === 2) two.resolve();
      await two.promise;
      return answer(proof('good'), { costUsd: 0.02 });
    },
  });
  // Each is given a quarter of a dollar, which buys nothing.
  await (await start(suiteInput('side', 4, { limits: { lanes: 4, costUsd: 1 } }))).result();
  const outcomes = theorems('side', 4).map(({ id }) =>
    noted.results.filter((r) => r.theoremId === id).map((r) => r.outcome),
  );
  expect(outcomes.filter((o) => o.length === 2)).not.toEqual([]);
  expect(outcomes.map((o) => o.at(-1))).toEqual(new Array(4).fill('solved'));
});

test('a paused run starts nothing new and pauses its theorems; more lanes start more at once', async () => {
  const first = gate();
  const go = gate();
  let asked = 0;
  const noted = script('pause', {
    generate: async ({ theorem, round }) => {
      asked += 1;
      if (theorem.id === 'pause.1' && round === 1) {
        first.resolve();
        await go.promise;
        return answer(proof('wrong'));
      }
      return answer(proof('good'));
    },
  });
  const handle = await start(suiteInput('pause', 4, { limits: { lanes: 1, costUsd: null } }));
  await first.promise;
  expect(await update(handle, 'pause')).toBe('paused');
  for (const bad of [{ lanes: 0 }, { lanes: 1.5 }, { costUsd: -1 }, { rounds: 3 }, {}])
    await expect(update(handle, 'setLimits', bad)).rejects.toThrow();
  await expect(update(handle, 'setBudget', { samples: 0 })).rejects.toThrow();
  go.resolve();
  const child = client().workflow.getHandle(childIdFor('run-pause', 'pause.1'));
  while ((await child.query(theoremProgressQuery)).attempts === 0);
  expect(await child.query(theoremProgressQuery)).toMatchObject({ paused: true });
  expect(await handle.query(runProgressQuery)).toMatchObject({ state: 'paused', recent: [] });
  expect(asked).toBe(1);
  expect(await update(handle, 'setLimits', { lanes: 3 })).toMatchObject({ lanes: 3, costUsd: null });
  expect(await update(handle, 'resume')).toBe('running');
  expect((await handle.result()).state).toBe('done');
  expect(noted.results.every((r) => r.outcome === 'solved')).toBe(true);
});

test('a cancelled run cancels its theorems, waits for them, and says so in the record', async () => {
  const started = gate();
  const noted = script('cancel', {
    verify: () => untilCancelled(started.resolve, () => {}),
  });
  const handle = await start(suiteInput('cancel', 4));
  await started.promise;
  await handle.cancel();
  const error = await handle.result().catch((e: unknown) => e);
  expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
  expect(noted.states).toEqual(['cancelled']);
  expect(noted.results.length).toBeGreaterThan(0);
  expect(noted.results.every((r) => r.stoppedBy === 'cancelled')).toBe(true);
});

test('a theorem that is cancelled by itself leaves the run going', async () => {
  const started = gate();
  const noted = script('single', {
    verify: async ({ theorem, submission }) =>
      theorem.id === 'single.1' ? untilCancelled(started.resolve, () => {}) : judged(submission.text, true),
  });
  const handle = await start(suiteInput('single', 3));
  await started.promise;
  await client().workflow.getHandle(childIdFor('run-single', 'single.1')).cancel();
  expect((await handle.result()).state).toBe('done');
  expect(noted.results.find((r) => r.theoremId === 'single.1')).toMatchObject({ stoppedBy: 'cancelled' });
  expect(noted.results.filter((r) => r.outcome === 'solved')).toHaveLength(2);
});

test('a long history continues as new with everything carried on, and each theorem is done once', async () => {
  const noted = script('long');
  const handle = await start(suiteInput('long', 9, { limits: { lanes: 2, costUsd: 5 } }), {
    historyLimit: 30,
  });
  const summary = await handle.result();
  expect(noted.results.map((r) => r.theoremId).sort()).toEqual(theorems('long', 9).map((t) => t.id));
  expect(summary.spentUsd).toBeCloseTo(0.09);
  const last = await client().workflow.getHandle('run-long').describe();
  expect(last.runId).not.toBe(handle.firstExecutionRunId);
  expect(noted.states).toEqual(['done']);
});
