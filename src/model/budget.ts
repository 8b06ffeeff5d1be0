import { z } from 'zod';

/** Limits of one theorem; null = no limit. A run has its own beside (`RunLimits`). */
export const budgetSchema = z
  .object({
    /** Rounds of model samples; the local prover runs before the first. */
    rounds: z.number().int().min(0).default(4),
    /** Samples a round, asked in parallel. */
    samples: z.number().int().min(1).default(1),
    /** Samples of all rounds and provers together. Absent or null: no limit. */
    maxSamples: z.number().int().positive().nullable().optional(),
    /** Tokens, input and output together, of answers from the store too. */
    tokens: z.number().int().positive().nullable().default(null),
    /** US dollars. */
    costUsd: z.number().nonnegative().nullable().default(null),
    /** Milliseconds from the start of the theorem's workflow. */
    wallMs: z.number().int().positive().nullable().default(null),
  })
  .readonly();
export type Budget = z.infer<typeof budgetSchema>;

/** What a run sets aside for one theorem (or a theorem for a lemma of it); null = no limit. */
export const allowanceSchema = z
  .object({ costUsd: z.number().nonnegative().nullable(), tokens: z.number().nonnegative().nullable() })
  .readonly();
export type Allowance = z.infer<typeof allowanceSchema>;

export const leanOptionsSchema = z
  .object({
    /** Wall clock of one check from when an instance starts on it, in milliseconds. */
    wallMs: z.number().int().positive().default(20_000),
    /** Lean's maxHeartbeats for each declaration (in thousands of allocations, as `set_option maxHeartbeats` counts). */
    heartbeats: z.number().int().nonnegative().default(200_000),
  })
  .readonly();
export type LeanOptions = z.infer<typeof leanOptionsSchema>;
