import proto from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';

const { TASK_QUEUE_TYPE_ACTIVITY } = proto.temporal.api.enums.v1.TaskQueueType;

/** Activity tasks of a queue that no worker has taken yet, as the server counts them; null = it does not say. */
export const backlogOf = async (
  connection: NativeConnection,
  namespace: string,
  queue: string,
): Promise<number | null> => {
  const { stats } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  });
  return stats ? Number(stats.approximateBacklogCount) : null;
};
