import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { QUEUES, WORKFLOWS } from '../../../workflows/names.ts';
import { cut, oneLine } from '../../../workflows/text.ts';
import { ProofloopError, type ScheduledSuiteInput, scheduledSuiteInputSchema } from '../../model/index.ts';
import type { RunContext } from '../runs/context.ts';
import type { SuiteRun } from '../runs/start.ts';
import { scheduleFault } from './faults.ts';

export type ScheduledRun = SuiteRun & Pick<ScheduledSuiteInput, 'scheduleId' | 'cron' | 'timezone'>;

/** Tells our schedules from those of others on the same server. */
export const OURS = { proofloop: 'suite' } as const;

/**
 * How late a run may start that was missed while nobody served: long enough for a restart, too short for a run at noon
 * that nobody expects and that costs money.
 */
const CATCH_UP = '1 hour';

/**
 * Makes a schedule, or gives the one of that id another time, suite and limits; a paused one stays paused. When a run is
 * still at work at the time of the next, that one falls out. Throws USAGE for times that the server does not understand.
 */
export const makeSchedule = async (
  ctx: RunContext,
  run: ScheduledRun,
): Promise<{ readonly how: 'made' | 'changed'; readonly next: readonly Date[] }> => {
  const { scheduleId, cron, timezone, suite, plan, theorems } = run;
  const options = {
    spec: { cronExpressions: [cron], timezone },
    action: {
      type: 'startWorkflow' as const,
      workflowType: WORKFLOWS.scheduledSuite,
      workflowId: scheduleId,
      taskQueue: QUEUES.main,
      args: [await inputOf(ctx, run)],
      staticSummary: oneLine(`bench ${suite}, ${cron}`),
      staticDetails: cut(
        `${theorems.length} theorems of suite **${suite}**, provers ${plan.provers.join(', ')}`,
        16_000,
      ),
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP },
  };
  try {
    const handle = ctx.client.schedule.getHandle(scheduleId);
    const how = await ctx.client.schedule
      .create({ ...options, scheduleId, memo: OURS })
      .then(() => 'made' as const)
      .catch(async (error: unknown) => {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        await handle.update(({ state }) => ({ ...options, state }));
        return 'changed' as const;
      });
    return { how, next: (await handle.describe()).info.nextActionTimes };
  } catch (error) {
    throw scheduleFault(error, scheduleId, cron);
  }
};

const inputOf = async ({ store }: RunContext, run: ScheduledRun): Promise<ScheduledSuiteInput> => {
  const { theorems, ...rest } = run;
  const sha256 = await store.putText(JSON.stringify(theorems));
  return scheduledSuiteInputSchema.parse({
    ...rest,
    storeId: store.id,
    source: { kind: 'stored', sha256, count: theorems.length },
    canary: { header: theorems[0]?.header ?? '' },
  });
};

/** The name of a time zone in its usual form. Throws USAGE for one that is not known. */
export const knownTimezone = (timezone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new ProofloopError('USAGE', `'${timezone}' is not the name of a time zone`, {
      fix: 'Say for example --timezone Europe/Berlin or --timezone UTC.',
      cause,
    });
  }
};
