import proto from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';
import { QUEUES } from '../../workflows/names.ts';
import { patiently } from './patience.ts';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

/** A poll lasts a minute; a poller that was not seen for longer is gone. */
const SEEN_MS = 75_000;

const NEEDED = [
  { queue: QUEUES.main, type: TASK_QUEUE_TYPE_WORKFLOW },
  { queue: QUEUES.main, type: TASK_QUEUE_TYPE_ACTIVITY },
  { queue: QUEUES.lean, type: TASK_QUEUE_TYPE_ACTIVITY },
  { queue: QUEUES.llm, type: TASK_QUEUE_TYPE_ACTIVITY },
] as const;

const seen = (connection: NativeConnection, namespace: string) =>
  Promise.all(
    NEEDED.map(async ({ queue, type }) => {
      const answer = await patiently(() =>
        connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: queue },
          taskQueueType: type,
        }),
      );
      const pollers = (answer.pollers ?? []).filter(
        (poller) => Date.now() - Number(poller.lastAccessTime?.seconds ?? 0) * 1000 < SEEN_MS,
      );
      return { queue, identities: pollers.map((poller) => poller.identity ?? '') };
    }),
  );

/** Names of our task queues that no worker polls. */
export const queuesWithoutPoller = async (
  connection: NativeConnection,
  namespace: string,
): Promise<readonly string[]> => {
  const idle = (await seen(connection, namespace)).filter(({ identities }) => identities.length === 0);
  return [...new Set(idle.map(({ queue }) => queue))];
};

/** What the workers that poll our task queues say of themselves, or said within the last minute. */
export const pollerIdentities = async (
  connection: NativeConnection,
  namespace: string,
): Promise<readonly string[]> => [
  ...new Set((await seen(connection, namespace)).flatMap(({ identities }) => identities)),
];
