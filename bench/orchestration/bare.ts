import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import type { Session } from '../../src/temporal/session.ts';
import type { bare } from './bare-workflow.ts';
import { inLanes } from './lanes.ts';
import { type Lived, livedOf } from './lived.ts';

const QUEUE = 'bench-bare';

export type BareActivities = { wait(ms: number): Promise<number> };

/** Waits like a model that takes `ms`, and answers how long that really took. */
const wait = async (ms: number): Promise<number> => {
  const start = performance.now();
  await sleep(ms);
  return performance.now() - start;
};

/** Runs `count` bare workflows, `lanes` at a time, and answers for each what it took beyond its activity, in ms. */
export const runBare = async (
  session: Session,
  { count, lanes, latencyMs, label }: { count: number; lanes: number; latencyMs: number; label: string },
): Promise<readonly (Lived & { readonly overheadMs: number })[]> => {
  const worker = await Worker.create({
    connection: session.connection,
    namespace: session.namespace,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
    activities: { wait } satisfies BareActivities,
  });
  return worker.runUntil(() =>
    inLanes(lanes, count, async (i) => {
      const handle = await session.client.workflow.start<typeof bare>('bare', {
        taskQueue: QUEUE,
        workflowId: `${label}-${i}`,
        args: [latencyMs],
      });
      const waited = await handle.result();
      const lived = await livedOf(session.client, handle.workflowId);
      return { ...lived, overheadMs: lived.wallMs - waited };
    }),
  );
};
