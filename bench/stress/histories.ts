import type { Client } from '@temporalio/client';

export type Histories = {
  readonly executions: number;
  readonly mostEvents: number;
  readonly mostMiB: number;
};

/** All executions of a run that continued as new. */
export const historiesOf = async (client: Client, workflowId: string): Promise<Histories> => {
  const sizes: { events: number; bytes: number }[] = [];
  let { runId } = await client.workflow.getHandle(workflowId).describe();
  for (;;) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const { historyLength, historySize } = await handle.describe();
    sizes.push({ events: Number(historyLength), bytes: Number(historySize ?? 0) });
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId, runId },
      maximumPageSize: 1,
    });
    const before = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) break;
    runId = before;
  }
  return {
    executions: sizes.length,
    mostEvents: Math.max(...sizes.map((s) => s.events)),
    mostMiB: Math.max(...sizes.map((s) => s.bytes)) / 2 ** 20,
  };
};
