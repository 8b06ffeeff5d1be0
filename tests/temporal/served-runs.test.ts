import { expect, test } from '@jest/globals';
import type { ActivityExecuteInput } from '@temporalio/worker';
import { ServedRuns } from '../../src/temporal/served-runs.ts';

const activityOf = (served: ServedRuns, workflowId: string, work: () => Promise<unknown>) => {
  const { inbound } = served.interceptor({ info: { workflowExecution: { workflowId } } } as never);
  return inbound!.execute!({ args: [], headers: {} } as ActivityExecuteInput, work);
};

test('a run is met at the first of its activities, whichever theorem it is of, and once', async () => {
  const met: string[] = [];
  const served = new ServedRuns((run) => met.push(run));
  await activityOf(served, 'one/a', async () => 1);
  await expect(activityOf(served, 'one/b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await activityOf(served, 'two', async () => 1);
  await activityOf(served, 'one', async () => 1);
  expect(met).toEqual(['one', 'two']);
});

test('a run counts as served while an activity is at work, and for a minute after the last', async () => {
  const served = new ServedRuns();
  const later = (seconds: number) => served.current(Date.now() + seconds * 1_000);
  let end: () => void = () => {};
  const atWork = activityOf(
    served,
    'long/a',
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  await activityOf(served, 'short', async () => 1);
  expect(later(30)).toEqual(['long', 'short']);
  expect(later(90)).toEqual(['long']);
  end();
  await atWork;
  expect(later(90)).toEqual([]);
});
