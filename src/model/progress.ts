import { z } from 'zod';
import { theoremResultSchema } from './result.ts';
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

/** Where a run stands, as the query `progress` of runSuite and proveFile answers. */
export const runProgressSchema = z
  .object({
    runId: z.string(),
    label: z.string(),
    state: runStateSchema,
    total: z.number().int(),
    running: z.array(theoremProgressSchema).readonly(),
    results: z.array(theoremResultSchema).readonly(),
    limits: runLimitsSchema,
    spentUsd: z.number().nullable(),
  })
  .readonly();
export type RunProgress = z.infer<typeof runProgressSchema>;
