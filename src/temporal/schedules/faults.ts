import { ScheduleNotFoundError, ServiceError } from '@temporalio/client';
import { ProofloopError } from '../../model/index.ts';
import { toFault } from '../runs/faults.ts';

/** How gRPC names what the server does not understand. */
const INVALID_ARGUMENT = 3;

/** What the server says of a specification that it refuses, or null. */
const refusalOf = (error: unknown): string | null => {
  if (error instanceof TypeError) return error.message;
  if (!(error instanceof ServiceError)) return null;
  const { code, message } = (error.cause ?? {}) as { code?: number; message?: string };
  return code === INVALID_ARGUMENT ? (message ?? '').replace('Invalid schedule spec: ', '') : null;
};

/** A failure of the server at a schedule, as a fault of the catalogue. */
export const scheduleFault = (error: unknown, id: string, cron?: string): unknown => {
  if (error instanceof ScheduleNotFoundError)
    return new ProofloopError('SCHEDULE_NOT_FOUND', `there is no schedule '${id}'`, { cause: error });
  const refusal = cron === undefined ? null : refusalOf(error);
  if (refusal !== null)
    return new ProofloopError('USAGE', `the times '${cron}' are not understood: ${refusal}`, {
      fix: "Say minute, hour, day, month and weekday, e.g. --schedule '0 3 * * *' for three at night.",
      cause: error,
    });
  return toFault(error, `schedule '${id}'`);
};
