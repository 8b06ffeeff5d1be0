import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

const silent = new DefaultLogger('ERROR', () => {});

/** The surroundings of one activity attempt, without its log lines. A cancelled one stays cancelled. */
export const activityEnvironment = (activityId = '1'): MockActivityEnvironment =>
  new MockActivityEnvironment(
    { activityId, workflowExecution: { workflowId: 'w', runId: 'r' } },
    { logger: silent },
  );

/** Runs an activity in surroundings of its own. */
export const runActivity = <A extends unknown[], R>(
  activity: (...args: A) => Promise<R>,
  ...args: A
): Promise<R> => runIn(activityEnvironment(), activity, ...args);

export const runIn = <A extends unknown[], R>(
  environment: MockActivityEnvironment,
  activity: (...args: A) => Promise<R>,
  ...args: A
): Promise<R> => environment.run(activity as never, ...(args as never)) as Promise<R>;
