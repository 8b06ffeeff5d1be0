import type { WorkflowHandle } from '@temporalio/client';
import type { ProveTheoremInput, TheoremResult } from '../../src/model/index.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { scriptedWorld } from './scripted-world.ts';

type Prove = (input: ProveTheoremInput, before?: object) => Promise<TheoremResult>;

/** proveTheorem on a real server with scripted activities, for the tests of one file. */
export const theoremWorld = () => {
  const { script, client } = scriptedWorld();
  const start = (input: ProveTheoremInput, before?: object): Promise<WorkflowHandle<Prove>> =>
    client().workflow.start<Prove>(WORKFLOWS.proveTheorem, {
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
      let id = (await client().workflow.getHandle(`${runId}/${theorem.id}`).describe()).runId;
      for (let n = 1; ; n++) {
        const { events } = await client().workflow.getHandle(`${runId}/${theorem.id}`, id).fetchHistory();
        const started = events?.[0]?.workflowExecutionStartedEventAttributes;
        if (!started?.continuedExecutionRunId) return n;
        id = started.continuedExecutionRunId;
      }
    },
    client,
  };
};
