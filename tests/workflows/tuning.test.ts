import { expect, test } from '@jest/globals';
import type { AdviseLanesInput } from '../../activities/api.ts';
import { held } from '../../src/scheduler/control/hold.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { gate } from '../support/activities.ts';
import { suiteInput } from '../support/runs.ts';
import { scriptedWorld } from '../support/scripted-world.ts';
import { answer, proof } from '../support/theorems.ts';

const { script, client } = scriptedWorld();

const start = (...args: [ReturnType<typeof suiteInput>, object?]) =>
  client().workflow.start(WORKFLOWS.runSuite, {
    workflowId: args[0].runId,
    taskQueue: QUEUES.main,
    args,
  });

/** Model requests that wait until the test lets them go, and how many are under way at once. */
const requests = () => {
  const go = gate();
  const seen = { underWay: 0, most: 0 };
  let look = () => {};
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      look = () => seen.underWay >= count && resolve();
      look();
    });
  return {
    seen,
    go,
    reached,
    generate: async () => {
      seen.underWay += 1;
      seen.most = Math.max(seen.most, seen.underWay);
      look();
      await go.promise;
      seen.underWay -= 1;
      return answer(proof('good'));
    },
  };
};

test('lanes become what the advice says, which is asked with what the run knows', async () => {
  const asked: AdviseLanesInput[] = [];
  const model = requests();
  script('advised', {
    generate: model.generate,
    adviseLanes: async (input) => {
      asked.push(input);
      return { lanes: 5, state: held(5) };
    },
  });
  const handle = await start(suiteInput('advised', 9, { limits: { lanes: 2, costUsd: null, autoLanes: 8 } }));
  await model.reached(5);
  const progress = await handle.query<{ limits: object }>('progress');
  expect(progress.limits).toMatchObject({ lanes: 5, autoLanes: 8 });
  model.go.resolve();
  await handle.result();
  expect(model.seen.most).toBe(5);
  expect(asked[0]).toMatchObject({
    runId: 'run-advised',
    lanes: 2,
    most: 8,
    models: 1,
    leanFirst: false,
    state: null,
  });
});

test('a number that a person says stays, and no advice is asked for it', async () => {
  let asked = 0;
  const model = requests();
  script('fixed', {
    generate: model.generate,
    adviseLanes: async ({ lanes }) => {
      asked += 1;
      return { lanes: lanes + 1, state: held(lanes + 1) };
    },
  });
  const handle = await start(suiteInput('fixed', 6, { limits: { lanes: 2, costUsd: null } }));
  await model.reached(2);
  const limits = await handle.executeUpdate('setLimits', { args: [{ lanes: 3 }] });
  expect(limits).toMatchObject({ lanes: 3, autoLanes: null });
  await model.reached(3);
  expect(asked).toBe(0);
  // From now on they are tuned.
  await handle.executeUpdate('setLimits', { args: [{ autoLanes: 8 }] });
  await model.reached(4);
  model.go.resolve();
  await handle.result();
  expect(asked).toBeGreaterThan(0);
});

test('what tuning remembers goes on when the history begins anew', async () => {
  const states: unknown[] = [];
  script('anew', {
    adviseLanes: async ({ lanes, state }) => {
      states.push(state);
      return { lanes, state: { ...held(lanes), restMs: 77 } };
    },
  });
  const limits = { lanes: 1, costUsd: null, autoLanes: 4 };
  const handle = await start(suiteInput('anew', 4, { limits }), { historyLimit: 20 });
  await handle.result();
  expect(states[0]).toBeNull();
  expect(states.length).toBeGreaterThan(1);
  for (const state of states.slice(1)) expect(state).toMatchObject({ restMs: 77 });
});
