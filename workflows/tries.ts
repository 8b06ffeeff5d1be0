import { TimeoutFailure, TimeoutType } from '@temporalio/common';
import {
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  sleep,
} from '@temporalio/workflow';
import { rootOf } from './failure.ts';

/** How often an activity is begun: its own failures, and tries that were lost with their worker, each for themselves. */
export type Tries = {
  readonly failures: number;
  /** A worker that is killed says nothing of the work, but work that kills every worker has to end at some point. */
  readonly losses: number;
};

/** No heartbeat came any more, or the worker ended in the middle. */
export const isLost = (error: unknown): boolean => {
  const root = rootOf(error);
  if (root instanceof TimeoutFailure) return root.timeoutType === TimeoutType.HEARTBEAT;
  // What the SDK's core says for an activity that a worker's shutdown cuts off.
  return root instanceof ApplicationFailure && root.type === 'WorkerShutdown';
};

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * Whether an activity with a single attempt of Temporal's is begun again after this failure. Tries are counted here,
 * because Temporal counts one that was lost with its worker as a failure of the activity.
 */
export const mayTryAgain = (error: unknown): boolean => {
  if (isCancellation(error) || CancellationScope.current().consideredCancelled) return false;
  const root = rootOf(error);
  if (root instanceof ApplicationFailure && root.nonRetryable === true) return false;
  // In histories from before this all tries were Temporal's.
  return patched('tries-of-lean');
};

/**
 * Goes on after a first failure that `mayTryAgain`, until `once` answers. Throws the last failure, after the losses
 * WORKER_LOST, and cancellation at once.
 */
export const tryAgain = async <T>(once: () => Promise<T>, first: unknown, most: Tries): Promise<T> => {
  for (let error = first, failures = 0, losses = 0; ; ) {
    if (isLost(error)) {
      losses += 1;
      // The heartbeat's time-out was wait enough.
      if (losses >= most.losses) throw workerLost(losses, error);
    } else {
      failures += 1;
      if (failures >= most.failures) throw error;
      await sleep(Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)));
    }
    try {
      return await once();
    } catch (next) {
      if (!mayTryAgain(next)) throw next;
      error = next;
    }
  }
};

const persistently = async <T>(once: () => Promise<T>, most: Tries): Promise<T> => {
  try {
    return await once();
  } catch (error) {
    if (!mayTryAgain(error)) throw error;
    return tryAgain(once, error, most);
  }
};

const workerLost = (losses: number, cause: unknown): ApplicationFailure =>
  ApplicationFailure.create({
    message: `${losses} workers were lost, one after the other, while they worked on this`,
    type: 'WORKER_LOST',
    nonRetryable: true,
    ...(cause instanceof Error && { cause }),
  });

type Act = ((...args: unknown[]) => Promise<unknown>) & {
  executeWithOptions(options: ActivityOptions, args: unknown[]): Promise<unknown>;
};

/**
 * The same activities, each call of them made until it answers. Its promise settles a turn later than the activity's own,
 * so this is for calls beside which nothing else of the workflow goes on.
 */
export const persistent = <A extends object>(activities: A, most: Tries): A =>
  new Proxy(activities, {
    get: (target, name) => {
      const act = Reflect.get(target, name) as Act;
      return Object.assign((...args: unknown[]) => persistently(() => act(...args), most), {
        executeWithOptions: (options: ActivityOptions, args: unknown[]) =>
          persistently(() => act.executeWithOptions(options, args), most),
      });
    },
  });
