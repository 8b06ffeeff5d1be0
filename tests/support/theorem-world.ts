import { afterAll, beforeAll } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { ProveTheoremInput, TheoremResult } from '../../src/model/index.ts';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { scripted } from './activities.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';

type Prove = (input: ProveTheoremInput) => Promise<TheoremResult>;

/** proveTheorem on a real server with scripted activities, for the tests of one file. */
export const theoremWorld = () => {
  const { script, activities } = scripted();
  let temporal: TestTemporal;
  let workers: RunningWorker;
  beforeAll(async () => {
    temporal = await testTemporal();
    workers = await temporal.workers(activities);
  });
  afterAll(async () => {
    await workers.shutdown();
    await temporal.close();
  });
  const start = (input: ProveTheoremInput): Promise<WorkflowHandle<Prove>> =>
    temporal.client.workflow.start<Prove>(WORKFLOWS.proveTheorem, {
      workflowId: `${input.runId}/${input.theorem.id}`,
      taskQueue: QUEUES.main,
      args: [input],
    });
  return {
    script,
    start,
    prove: async (input: ProveTheoremInput): Promise<TheoremResult> => (await start(input)).result(),
    client: () => temporal.client,
  };
};
