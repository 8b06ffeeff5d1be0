import pLimit from 'p-limit';
import { scheduledSuiteInputSchema } from '../../model/index.ts';
import type { RunContext } from '../runs/context.ts';
import { scheduleFault } from './faults.ts';
import { OURS } from './make.ts';

/** A schedule as people see it. */
export type ScheduleView = {
  readonly scheduleId: string;
  readonly suite: string;
  readonly cron: string;
  readonly timezone: string;
  readonly provers: readonly string[];
  readonly theorems: number;
  readonly paused: boolean;
  readonly note: string | null;
  /** When the next runs are due, the soonest first. */
  readonly next: readonly Date[];
  /** The last starts, the newest first. */
  readonly recent: readonly Date[];
  /** Runs that fell out because the one before was still at work. */
  readonly skipped: number;
  /** Runs that fell out because nobody served at their time. */
  readonly missed: number;
};

const AT_ONCE = 4;

/** The schedules of this server that proofloop made; others are left out. Throws TEMPORAL_UNREACHABLE. */
export const listSchedules = async (ctx: Pick<RunContext, 'client'>): Promise<readonly ScheduleView[]> => {
  const limit = pLimit(AT_ONCE);
  try {
    const ids: string[] = [];
    for await (const { scheduleId, memo } of ctx.client.schedule.list())
      if (memo?.proofloop === OURS.proofloop) ids.push(scheduleId);
    const views = await Promise.all(ids.map((id) => limit(() => viewOf(ctx, id))));
    return views.filter((view) => view !== null).sort((a, b) => a.scheduleId.localeCompare(b.scheduleId));
  } catch (error) {
    throw scheduleFault(error, 'list');
  }
};

/** null: its input is of a form that is no longer known. */
const viewOf = async ({ client }: Pick<RunContext, 'client'>, id: string): Promise<ScheduleView | null> => {
  const { state, info, action } = await client.schedule.getHandle(id).describe();
  const input = scheduledSuiteInputSchema.safeParse(action.args?.[0]);
  if (!input.success) return null;
  const { suite, cron, timezone, plan, source } = input.data;
  return {
    ...{ scheduleId: id, suite, cron, timezone, provers: plan.provers },
    theorems: source.kind === 'stored' ? source.count : source.theorems.length,
    paused: state.paused,
    note: state.note ?? null,
    next: info.nextActionTimes,
    recent: info.recentActions.map((taken) => taken.takenAt).reverse(),
    skipped: info.numActionsSkippedOverlap,
    missed: info.numActionsMissedCatchupWindow,
  };
};
