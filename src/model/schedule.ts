import { z } from 'zod';
import { attemptPlanSchema, runLimitsSchema, theoremSourceSchema } from './run.ts';

/** What a schedule starts each time: a run of the suite as it was when the schedule was made. */
export const scheduledSuiteInputSchema = z
  .object({
    scheduleId: z.string(),
    /** Five fields, or `@daily` and the like, read in the time zone of that IANA name. */
    cron: z.string(),
    timezone: z.string(),
    suite: z.string(),
    suiteSha256: z.string(),
    /** Always in the store, because a schedule keeps its input for as long as it lives. */
    source: theoremSourceSchema,
    plan: attemptPlanSchema,
    limits: runLimitsSchema,
    canary: z.object({ header: z.string() }).readonly(),
    /** Beginning of the ids of its runs; the time of each follows. */
    runId: z.string(),
    storeId: z.string(),
    provenance: z.record(z.string(), z.string()).readonly(),
  })
  .readonly();
export type ScheduledSuiteInput = z.infer<typeof scheduledSuiteInputSchema>;
