import {
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { ERRORS, type ErrorCode, ProofloopError } from '../../model/index.ts';

const isCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** A failure of a workflow, an update or the server as a fault of the catalogue. */
export const toFault = (error: unknown, what: string): unknown => {
  if (error instanceof WorkflowNotFoundError)
    return new ProofloopError('RUN_NOT_FOUND', `${what}: the Temporal server knows no running workflow`, {
      cause: error,
    });
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new ProofloopError('NO_WORKER', `${what}: no worker answered in time`, { cause: error });
  if (error instanceof WorkflowUpdateFailedError)
    return new ProofloopError('USAGE', `${what}: ${rootMessage(error)}`, { cause: error });
  if (error instanceof ServiceError)
    return new ProofloopError('TEMPORAL_UNREACHABLE', `${what}: ${error.message}`, { cause: error });
  const root = rootOf(error);
  if (root instanceof ApplicationFailure) {
    const code = root.type !== undefined && root.type !== null && isCode(root.type) ? root.type : 'INTERNAL';
    return new ProofloopError(code, `${what}: ${root.message}`, { cause: error });
  }
  return error;
};

/** The failure at the end of a chain of causes. */
export const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;

const rootMessage = (error: unknown): string => {
  const root = rootOf(error);
  return root instanceof TemporalFailure || root instanceof Error ? root.message : String(root);
};
