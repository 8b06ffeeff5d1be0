import type { Client } from '@temporalio/client';
import type proto from '@temporalio/proto';

type Timestamp = { seconds?: unknown; nanos?: unknown } | null | undefined;
const msOf = (t: Timestamp): number => Number(t?.seconds ?? 0) * 1000 + Number(t?.nanos ?? 0) / 1e6;

/** Where a finished workflow's time went, in ms by the server's clock. Sums of spans; parallel ones count each. */
export type Lived = {
  /** From start to close. */
  readonly wallMs: number;
  readonly workflowTasks: number;
  /** Workflow tasks from when they are scheduled until they are answered. */
  readonly workflowTaskMs: number;
  readonly activities: number;
  /** Activities from when they are scheduled until a worker starts them, by activity type. */
  readonly queueMs: Readonly<Record<string, number>>;
  /** Activities from start to answer, by activity type. */
  readonly activityMs: Readonly<Record<string, number>>;
};

/** Reads a finished workflow's history. */
export const livedOf = async (client: Client, workflowId: string): Promise<Lived> => {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return livedIn(events ?? []);
};

export const livedIn = (events: readonly proto.temporal.api.history.v1.IHistoryEvent[]): Lived => {
  const at = new Map(events.map((e) => [String(e.eventId), msOf(e.eventTime)]));
  const types = new Map<string, string>();
  const activityMs: Record<string, number> = {};
  let workflowTasks = 0;
  let workflowTaskMs = 0;
  let activities = 0;
  const queueMs: Record<string, number> = {};
  const add = (sums: Record<string, number>, scheduledEventId: unknown, ms: number): void => {
    const type = types.get(String(scheduledEventId)) ?? '?';
    sums[type] = (sums[type] ?? 0) + ms;
  };
  for (const e of events) {
    const task = e.workflowTaskCompletedEventAttributes;
    if (task != null) {
      workflowTasks += 1;
      workflowTaskMs += msOf(e.eventTime) - (at.get(String(task.scheduledEventId)) ?? 0);
    }
    const scheduled = e.activityTaskScheduledEventAttributes;
    if (scheduled != null) types.set(String(e.eventId), scheduled.activityType?.name ?? '?');
    const started = e.activityTaskStartedEventAttributes;
    if (started != null) {
      activities += 1;
      add(
        queueMs,
        started.scheduledEventId,
        msOf(e.eventTime) - (at.get(String(started.scheduledEventId)) ?? 0),
      );
    }
    const done = e.activityTaskCompletedEventAttributes;
    if (done != null) {
      add(activityMs, done.scheduledEventId, msOf(e.eventTime) - (at.get(String(done.startedEventId)) ?? 0));
    }
  }
  return {
    wallMs: msOf(events.at(-1)?.eventTime) - msOf(events[0]?.eventTime),
    workflowTasks,
    workflowTaskMs,
    activities,
    queueMs,
    activityMs,
  };
};
