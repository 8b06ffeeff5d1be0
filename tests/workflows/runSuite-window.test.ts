import { expect, test } from '@jest/globals';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { Activities } from '../../activities/api.ts';
import type { RunSuiteInput } from '../../src/model/index.ts';
import { runProgressQuery, theoremEndedSignal } from '../../workflows/messages.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import type { RunSummary } from '../../workflows/run/lifecycle.ts';
import type { SuiteProgress } from '../../workflows/runSuite.ts';
import { gate, judged } from '../support/activities.ts';
import { held } from '../support/held.ts';
import { suiteInput, theorems } from '../support/runs.ts';
import { scriptedWorld } from '../support/scripted-world.ts';
import { answer, plan, proof } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, client } = scriptedWorld();

type Run = (input: RunSuiteInput, before?: SuiteProgress) => Promise<RunSummary>;
type Handle = WorkflowHandleWithFirstExecutionRunId<Run>;
const start = (input: RunSuiteInput, before: SuiteProgress = {}): Promise<Handle> =>
  client().workflow.start<Run>(WORKFLOWS.runSuite, {
    workflowId: input.runId,
    taskQueue: QUEUES.main,
    args: [input, before],
  });
const child = (test: string, n: number, again = 0) =>
  client().workflow.getHandle(childIdFor(`run-${test}`, `${test}.${n}`, again));
const executionOf = async (test: string) =>
  (await client().workflow.getHandle(`run-${test}`).describe()).runId;

/** The first theorem works on until `go`; the others are quick. `next`: the run has continued as new meanwhile. */
const carried = (test: string, lanes = 2) => {
  const busy = gate();
  const go = gate();
  let handle: Handle;
  const noted = script(test, {
    generate: async ({ theorem }) => {
      if (theorem.id === `${test}.1`) {
        busy.resolve();
        await held(go.promise);
      }
      return answer(proof('good'), { costUsd: 0.05 });
    },
  });
  return {
    noted,
    go: go.resolve,
    begin: async (count: number, more: Partial<RunSuiteInput> = {}) => {
      const input = suiteInput(test, count, { limits: { lanes, costUsd: 5 }, ...more });
      handle = await start(input, { historyLimit: 30, lookMs: 300 });
      await busy.promise;
      while ((await executionOf(test)) === handle.firstExecutionRunId);
      return handle;
    },
  };
};

test('a theorem at work goes on while its run continues as new, and is counted once, with its money', async () => {
  const run = carried('across');
  const handle = await run.begin(12);
  // The lanes beside it did not wait: all others come to their end before it.
  const current = client().workflow.getHandle('run-across');
  // One that meets an execution in its end may be refused: the next one meets its successor.
  const ask = () => current.query(runProgressQuery).catch(() => null);
  let progress = await ask();
  while (progress === null || progress.outcomes.solved < 11) progress = await ask();
  expect(progress.running.map((t) => t.theoremId)).toEqual(['across.1']);
  const { status } = await child('across', 1).describe();
  expect(status.name).toBe('RUNNING');
  run.go();
  const summary = await handle.result();
  expect(summary.spentUsd).toBeCloseTo(12 * 0.05);
  expect(run.noted.results.map((r) => r.theoremId).sort()).toEqual(
    theorems('across', 12)
      .map((t) => t.id)
      .sort(),
  );
  const after = await client().workflow.getHandle('run-across').query(runProgressQuery);
  expect(after).toMatchObject({ state: 'done', outcomes: { solved: 12 }, running: [] });
});

test.each([
  ['terminated', (test: string) => child(test, 1).terminate('by the test')],
  ['cancelled by itself', (test: string) => child(test, 1).cancel()],
] as const)(
  'a theorem that is %s in a later execution of its run is found and recorded',
  async (how, end) => {
    const test = `lost${how.length}`;
    const run = carried(test);
    const handle = await run.begin(6);
    await end(test);
    expect((await handle.result()).state).toBe('done');
    run.go();
    const ends = Object.fromEntries(run.noted.results.map((r) => [r.theoremId, r]));
    expect(Object.keys(ends)).toHaveLength(6);
    expect(ends[`${test}.1`]).toMatchObject(
      how === 'terminated' ? { outcome: 'error' } : { outcome: 'unsolved', stoppedBy: 'cancelled' },
    );
  },
);

test('a report that comes twice, late, or of a theorem that is not of the run changes nothing', async () => {
  const run = carried('twice');
  const handle = await run.begin(8);
  const late = run.noted.results[0];
  if (late === undefined) throw new Error('one has ended before the run continued');
  const again = client().workflow.getHandle('run-twice');
  for (const workflowId of [late.workflowId, 'run-twice/nobody'])
    await again.signal(theoremEndedSignal, { workflowId, result: late, bought: { usd: 9, tokens: 9 } });
  run.go();
  expect((await handle.result()).spentUsd).toBeCloseTo(8 * 0.05);
  expect(run.noted.results).toHaveLength(8);
});

test('a run that is cancelled ends the theorems that an earlier execution started, and waits for them', async () => {
  const started = gate();
  const stopped: string[] = [];
  const noted = script('endAll', {
    verify: async ({ theorem, submission }) =>
      theorem.id === 'endAll.1'
        ? untilCancelled(started.resolve, () => stopped.push(theorem.id))
        : judged(submission.text, true),
  });
  // Enough theorems that some are left when the cancellation comes.
  const handle = await start(suiteInput('endAll', 60), { historyLimit: 30 });
  await started.promise;
  while ((await executionOf('endAll')) === handle.firstExecutionRunId);
  await client().workflow.getHandle('run-endAll').cancel();
  await expect(handle.result()).rejects.toThrow();
  expect(stopped).toEqual(['endAll.1']);
  expect(noted.results.find((r) => r.theoremId === 'endAll.1')).toMatchObject({ stoppedBy: 'cancelled' });
  // It reports its result before its workflow closes, so the run may be over a moment earlier.
  await expect(child('endAll', 1).result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(noted.states).toEqual(['cancelled']);
});

test('a pause and a new budget reach a theorem that an earlier execution started', async () => {
  const run = carried('told');
  const handle = await run.begin(6, { plan: plan({ rounds: 3 }) });
  const current = client().workflow.getHandle('run-told');
  await current.executeUpdate('pause');
  await current.executeUpdate<unknown, [unknown, ...unknown[]]>('setBudget', { args: [{ rounds: 7 }] });
  expect(await child('told', 1).query('progress')).toMatchObject({ paused: true });
  await current.executeUpdate('resume');
  run.go();
  expect((await handle.result()).state).toBe('done');
});

test('more samples while it runs: what had ended without a proof is asked for the new ones only', async () => {
  const asked: [string, number, number][] = [];
  const second = gate();
  const go = gate();
  const generate: Activities['generate'] = async ({ theorem, round, sample }) => {
    asked.push([theorem.id, round, sample]);
    if (theorem.id === 'more.1') return answer(proof(sample < 2 ? `wrong ${round}.${sample}` : 'good'));
    second.resolve();
    await held(go.promise);
    return answer(proof('good'));
  };
  const noted = script('more', { generate });
  const handle = await start(
    suiteInput('more', 2, { plan: plan({ rounds: 1, samples: 2 }), limits: { lanes: 1, costUsd: null } }),
  );
  await second.promise;
  expect(noted.results).toMatchObject([{ theoremId: 'more.1', outcome: 'unsolved', attempts: 2 }]);
  await handle.executeUpdate<unknown, [unknown, ...unknown[]]>('setBudget', { args: [{ samples: 3 }] });
  go.resolve();
  await handle.result();
  expect(asked.filter(([id]) => id === 'more.1').sort()).toEqual([
    ['more.1', 1, 0],
    ['more.1', 1, 1],
    ['more.1', 1, 2],
  ]);
  expect(noted.results.at(-1)).toMatchObject({ theoremId: 'more.1', outcome: 'solved', attempts: 3 });
  expect(await handle.query(runProgressQuery)).toMatchObject({ outcomes: { solved: 2, unsolved: 0 } });
});

test('a theorem whose workflow is left over from an ended run is taken in, and not started twice', async () => {
  const busy = gate();
  const go = gate();
  const noted = script('left', {
    generate: async () => {
      busy.resolve();
      await held(go.promise);
      return answer(proof('good'));
    },
  });
  const first = await start(suiteInput('left', 1));
  await busy.promise;
  await first.terminate('by the test');
  const second = await start(suiteInput('left', 1), { lookMs: 300 });
  while ((await second.query(runProgressQuery)).running.length === 0);
  go.resolve();
  expect((await second.result()).state).toBe('done');
  expect(noted.generated).toHaveLength(1);
  expect(noted.results).toHaveLength(1);
});
