import { expect, test } from '@jest/globals';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { scripted } from '../support/activities.ts';
import { testTemporal } from '../support/temporal.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';

test('the server gives out no more requests than the rate allows', async () => {
  const { script, activities } = scripted();
  const at: number[] = [];
  script('rpm', {
    generate: async ({ sample }) => {
      at.push(Date.now());
      return answer(proof(`wrong ${sample}`));
    },
  });
  const temporal = await testTemporal();
  // One a second.
  const workers = await temporal.workers(activities, { rpm: 60 });
  try {
    const input = proveInput('rpm', { plan: plan({ rounds: 1, samples: 6 }) });
    await temporal.client.workflow.execute(WORKFLOWS.proveTheorem, {
      workflowId: `${input.runId}/rpm`,
      taskQueue: QUEUES.main,
      args: [input],
    });
    expect(at).toHaveLength(6);
    // A token bucket holds one or two when it is full; the rest come one by one, never faster.
    expect((at[5] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(3_000);
  } finally {
    await workers.shutdown();
    await temporal.close();
  }
});
