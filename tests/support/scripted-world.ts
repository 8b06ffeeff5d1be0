import { afterAll, beforeAll } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { RunningWorker } from '../../src/temporal/worker.ts';
import { scripted } from './activities.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';

/** A real server and workers with scripted activities, for the tests of one file. */
export const scriptedWorld = (): Pick<ReturnType<typeof scripted>, 'script'> & { client(): Client } => {
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
  return { script, client: () => temporal.client };
};
