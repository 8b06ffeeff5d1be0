import { afterAll, beforeAll } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { ProveTheoremInput, TheoremResult } from '../../src/model/index.ts';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { scripted } from './activities.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';

type Prove = (input: ProveTheoremInput, before?: object) => Promise<TheoremResult>;

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
  const start = (input: ProveTheoremInput, before?: object): Promise<WorkflowHandle<Prove>> =>
    temporal.client.workflow.start<Prove>(WORKFLOWS.proveTheorem, {
      workflowId: `${input.runId}/${input.theorem.id}`,
      taskQueue: QUEUES.main,
      args: before === undefined ? [input] : [input, before],
    });
  return {
    script,
    start,
    prove: async (input: ProveTheoremInput, before?: object): Promise<TheoremResult> =>
      (await start(input, before)).result(),
    /** How many executions the workflow of a theorem took, continued as new. */
    executionsOf: async ({ runId, theorem }: ProveTheoremInput): Promise<number> => {
      let id = (await temporal.client.workflow.getHandle(`${runId}/${theorem.id}`).describe()).runId;
      for (let n = 1; ; n++) {
        const { events } = await temporal.client.workflow
          .getHandle(`${runId}/${theorem.id}`, id)
          .fetchHistory();
        const started = events?.[0]?.workflowExecutionStartedEventAttributes;
        if (!started?.continuedExecutionRunId) return n;
        id = started.continuedExecutionRunId;
      }
    },
    client: () => temporal.client,
  };
};
