import { ApplicationFailure } from '@temporalio/common';
import { type Guard, WORKFLOW_VERSION } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';

/** Refuses work of a run that was started with another store or another version of the workflows; for good. */
export const checkGuard = (guard: Guard, store: Store): void => {
  if (guard.storeId !== store.id)
    throw ApplicationFailure.nonRetryable(
      `the run belongs to store ${guard.storeId}, this worker has store ${store.id} (${store.location})`,
      'STORE_MISMATCH',
    );
  if (guard.workflowVersion !== WORKFLOW_VERSION)
    throw ApplicationFailure.nonRetryable(
      `the run was started by workflow version ${guard.workflowVersion}, this worker has ${WORKFLOW_VERSION}`,
      'WORKFLOW_VERSION_MISMATCH',
    );
};
