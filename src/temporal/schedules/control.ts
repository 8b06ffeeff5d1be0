import type { ScheduleHandle } from '@temporalio/client';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { RunContext } from '../runs/context.ts';
import { scheduleFault } from './faults.ts';

type Ctx = Pick<RunContext, 'client'>;

/** Throws SCHEDULE_NOT_FOUND, TEMPORAL_UNREACHABLE. */
const act = async (
  ctx: Ctx,
  id: string,
  work: (handle: ScheduleHandle) => Promise<unknown>,
): Promise<void> => {
  try {
    await work(ctx.client.schedule.getHandle(id));
  } catch (error) {
    throw scheduleFault(error, id);
  }
};

/** No run starts until `resumeSchedule`; one that is at work goes on. */
export const pauseSchedule = (ctx: Ctx, id: string): Promise<void> =>
  act(ctx, id, (handle) => handle.pause('by `proofloop schedule pause`'));

export const resumeSchedule = (ctx: Ctx, id: string): Promise<void> =>
  act(ctx, id, (handle) => handle.unpause('by `proofloop schedule resume`'));

/** A run now, beside the times of the schedule, unless one is at work. */
export const triggerSchedule = (ctx: Ctx, id: string): Promise<void> =>
  act(ctx, id, (handle) => handle.trigger(ScheduleOverlapPolicy.SKIP));

/** Its runs stay, also one that is at work. */
export const deleteSchedule = (ctx: Ctx, id: string): Promise<void> =>
  act(ctx, id, (handle) => handle.delete());
