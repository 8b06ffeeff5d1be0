import { expect, test } from '@jest/globals';
import { backlogOf } from '../../src/temporal/backlog.ts';
import { startFileRun, startSuiteRun, waitForRun } from '../../src/temporal/runs.ts';
import { childIdFor, QUEUES } from '../../workflows/names.ts';
import { gate, judged } from '../support/activities.ts';
import { held } from '../support/held.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';
import { fileOf } from '../support/runs.ts';
import { plan } from '../support/theorems.ts';

// One Lean slot, so that a queue builds up before it.
const { ctx, recorded } = runWorld({ lean: 1 });

/** Until the theorem has a Lean task that waits for the slot. */
const queued = async (workflowId: string): Promise<void> => {
  for (;;) {
    // Its workflow may not have been started yet.
    const about = await ctx()
      .client.workflow.getHandle(workflowId)
      .describe()
      .catch(() => null);
    if (about?.raw.pendingActivities?.some((a) => a.activityType?.name === 'verify') === true) return;
  }
};

test('what a person waits for goes before a benchmark whose queue is full', async () => {
  const order: string[] = [];
  const first = gate();
  const go = gate();
  const verify: Parameters<typeof recorded>[1] = {
    verify: async ({ theorem, submission }) => {
      order.push(theorem.id);
      first.resolve();
      if (order.length === 1) await held(go.promise);
      return judged(submission.text, true);
    },
  };
  recorded('many', verify);
  recorded('one', verify);
  await startSuiteRun(ctx(), suiteRun('many', 6, { limits: { lanes: 6, costUsd: null } }));
  await first.promise;
  const [held1] = order;
  for (const n of [1, 2, 3, 4, 5, 6]) await queued(childIdFor('run-many', `many.${n}`));
  await startFileRun(ctx(), {
    ...{ runId: 'run-one', path: 'one.lean', file: fileOf('one', ['a']), provenance: {} },
    ...{ plan: plan(), limits: { lanes: 1, costUsd: null } },
  });
  await queued(childIdFor('run-one', 'one.a'));
  // A workflow knows of its task before the queue has it.
  const { connection, namespace } = ctx();
  while ((await backlogOf(connection, namespace, QUEUES.lean)) !== 6);
  go.resolve();
  await Promise.all([waitForRun(ctx(), 'run-one'), waitForRun(ctx(), 'run-many')]);
  // Queued last, done next.
  expect(order.slice(0, 2)).toEqual([held1, 'one.a']);
  expect(order).toHaveLength(7);
});
