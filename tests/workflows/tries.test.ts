import { expect, test } from '@jest/globals';
import { ApplicationFailure, RetryState, TimeoutFailure, TimeoutType } from '@temporalio/common';
import { ActivityFailure } from '@temporalio/workflow';
import { failureOf, retryDelay } from '../../workflows/theorem/retry.ts';
import { isLost } from '../../workflows/tries.ts';

const failed = (cause: Error): ActivityFailure =>
  new ActivityFailure('failed', 'generate', '1', RetryState.MAXIMUM_ATTEMPTS_REACHED, 'worker', cause);
const timeout = (type: TimeoutType): ActivityFailure => failed(new TimeoutFailure('late', undefined, type));

test('a worker is lost when its heartbeat stays away or it is shut down, not when the work takes too long', () => {
  expect(isLost(timeout(TimeoutType.HEARTBEAT))).toBe(true);
  expect(isLost(failed(ApplicationFailure.retryable('Worker is shutting down', 'WorkerShutdown')))).toBe(
    true,
  );
  expect(isLost(timeout(TimeoutType.START_TO_CLOSE))).toBe(false);
  expect(isLost(failed(ApplicationFailure.retryable('busy', 'MODEL_UNAVAILABLE')))).toBe(false);
});

test('a request that was lost with its worker is sent again at once, up to twenty times, and may be billed', () => {
  for (const error of [
    timeout(TimeoutType.HEARTBEAT),
    failed(ApplicationFailure.retryable('down', 'WorkerShutdown')),
  ]) {
    const failure = failureOf(error);
    expect(failure).toMatchObject({ workerLost: true, retryable: true, mayBeBilled: true });
    expect([retryDelay(failure, 1), retryDelay(failure, 19), retryDelay(failure, 20)]).toEqual([0, 0, null]);
  }
});

test('one that ran out of time is a failure among six', () => {
  const failure = failureOf(timeout(TimeoutType.START_TO_CLOSE));
  expect(failure).toMatchObject({ workerLost: false, retryable: true, mayBeBilled: true });
  expect([retryDelay(failure, 1), retryDelay(failure, 5), retryDelay(failure, 6)]).toEqual([
    1_000,
    16_000,
    null,
  ]);
});
