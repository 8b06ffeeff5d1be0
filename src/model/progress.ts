import { z } from 'zod';
import { type Outcome, theoremResultSchema } from './result.ts';
import { runLimitsSchema, runStateSchema } from './run.ts';

export const PHASES = ['queued', 'cache', 'local', 'refute', 'sketch', 'model', 'lean', 'done'] as const;

/** Where a theorem stands, as the query `progress` of its workflow answers. */
export const theoremProgressSchema = z
  .object({
    theoremId: z.string(),
    name: z.string(),
    phase: z.enum(PHASES),
    round: z.number().int(),
    attempts: z.number().int(),
    paused: z.boolean(),
    workflowId: z.string(),
    result: theoremResultSchema.nullable(),
  })
  .readonly();
export type TheoremProgress = z.infer<typeof theoremProgressSchema>;

export const outcomeCountsSchema = z
  .object({
    solved: z.number().int(),
    unsolved: z.number().int(),
    conditional: z.number().int(),
    refuted: z.number().int(),
    error: z.number().int(),
  } satisfies Record<Outcome, z.ZodType>)
  .readonly();
export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

/** Where a run stands, as the query `progress` of runSuite and proveFile answers: small, however many theorems it has. */
export const runProgressSchema = z
  .object({
    runId: z.string(),
    label: z.string(),
    state: runStateSchema,
    total: z.number().int(),
    running: z.array(theoremProgressSchema).readonly(),
    outcomes: outcomeCountsSchema,
    /** The last results, shortened; all are in the store. */
    recent: z.array(theoremResultSchema).readonly(),
    limits: runLimitsSchema,
    spentUsd: z.number().nullable(),
  })
  .readonly();
export type RunProgress = z.infer<typeof runProgressSchema>;
