import { z } from 'zod';
import { allowanceSchema, budgetSchema, leanOptionsSchema } from './budget.ts';
import { canarySchema } from './canary.ts';
import { leanFileSchema } from './file.ts';
import { theoremResultSchema } from './result.ts';
import { sketchPlanSchema } from './sketch.ts';
import { theoremSchema } from './theorem.ts';

export const onModelFailureSchema = z.enum(['fail', 'local']);

/**
 * What one prover may use on one theorem. `rounds` and `samples` take the place of the budget's; `tokens` and
 * `costUsd` (US dollars) hold beside the budget's own.
 */
export const proverBudgetSchema = z
  .object({
    rounds: z.number().int().min(0).optional(),
    samples: z.number().int().min(1).optional(),
    tokens: z.number().int().positive().optional(),
    costUsd: z.number().nonnegative().optional(),
  })
  .readonly();
export type ProverBudget = z.infer<typeof proverBudgetSchema>;

/** Rounds of a suite as batch jobs of the provider. Times in milliseconds. */
export const batchPlanSchema = z
  .object({
    /** The longest time between two looks at a job. */
    pollMs: z.number().int().positive(),
    /** A job that takes longer is cancelled, and its requests are asked singly. */
    waitMs: z.number().int().positive(),
    /** How long the first request of a round waits for those of the other theorems. */
    lingerMs: z.number().int().positive(),
  })
  .readonly();
export type BatchPlan = z.infer<typeof batchPlanSchema>;

/** How each theorem is attempted: the same for all theorems of a run. */
export const attemptPlanSchema = z
  .object({
    /** Names of prover profiles of the worker's configuration, tried in order; `local` needs no profile. */
    provers: z.array(z.string().min(1)).min(1).readonly(),
    budget: budgetSchema,
    lean: leanOptionsSchema,
    /** False: neither verdicts nor answers are taken from the store (they are still written). */
    cache: z.boolean(),
    onModelFailure: onModelFailureSchema,
    /** Absent: each request is sent by itself. */
    batch: batchPlanSchema.optional(),
    /** Prompt variant of every request; null: chosen for each sample by what won before. Absent (older runs): the default. */
    prompt: z.string().nullable().optional(),
    /** Of the choice of prompts: the same seed over the same trials of other runs chooses the same. Absent: the run's own count too. */
    seed: z.number().int().nonnegative().optional(),
    /** Look for a proof of the negation, before the first model call and in the end. Absent: no. */
    refute: z.boolean().optional(),
    /** Theorems of the library and of the context that a model is told of, at most. Absent: none. */
    lemmas: z.number().int().min(0).max(200).optional(),
    /** When whole proofs have failed. Absent: no sketches. */
    sketch: sketchPlanSchema.optional(),
    /** All model provers at once, the first accepted proof ends the others; the local prover goes before. Absent: in order. */
    race: z.boolean().optional(),
    /** All samples of each prover's first round are judged, also when one was accepted: pass@k is measured. Absent: no. */
    exhaust: z.boolean().optional(),
    /** By the prover's name; a prover that is not named has the budget alone. */
    proverBudgets: z.record(z.string(), proverBudgetSchema).optional(),
  })
  .readonly();
export type AttemptPlan = z.infer<typeof attemptPlanSchema>;

/** What a worker must match; a worker with another store or workflow version refuses loudly. */
export const guardSchema = z.object({ storeId: z.string(), workflowVersion: z.string() }).readonly();
export type Guard = z.infer<typeof guardSchema>;

export const runLimitsSchema = z
  .object({
    /** Theorems in flight at once. */
    lanes: z.number().int().positive(),
    /** Lanes are tuned while the run goes on, up to so many; `lanes` is what they are. Null or absent: they stay. */
    autoLanes: z.number().int().positive().nullable().optional(),
    /** US dollars for the whole run; null = none. */
    costUsd: z.number().nonnegative().nullable(),
    /** Tokens bought for the whole run, input and output together; null or absent = no limit. */
    tokens: z.number().int().positive().nullable().optional(),
    /** Milliseconds from the start of the run; null or absent = no limit. */
    wallMs: z.number().int().positive().nullable().optional(),
  })
  .readonly();
export type RunLimits = z.infer<typeof runLimitsSchema>;

export const proveTheoremInputSchema = z
  .object({
    runId: z.string(),
    theorem: theoremSchema,
    plan: attemptPlanSchema,
    guard: guardSchema,
    suite: z.string(),
    /** What the run has set aside for it. Absent: the theorem's own budget alone. */
    allowance: allowanceSchema.optional(),
    /** When the time of the run ends, milliseconds since the epoch. Absent or null: never. */
    runDeadline: z.number().nullable().optional(),
    /** It was at work before in this run, and goes on from what the store has of it. Absent: no. */
    resumed: z.boolean().optional(),
    /** It tells its run of its end by a signal, because it may outlive the execution that started it. Absent: no. */
    reports: z.boolean().optional(),
    /** It is taken up again by itself: its requests wait for no batch job. */
    alone: z.boolean().optional(),
    /** It is a step of a sketch: its result goes to the theorem that it belongs to, and not into the run. */
    step: z.object({ of: z.string() }).readonly().optional(),
  })
  .readonly();
export type ProveTheoremInput = z.infer<typeof proveTheoremInputSchema>;

/** Where the theorems of a run come from: in the input while small, else a blob of JSON in the store. */
export const theoremSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inline'), theorems: z.array(theoremSchema).readonly() }),
  z.object({ kind: z.literal('stored'), sha256: z.string(), count: z.number().int() }),
]);
export type TheoremSource = Readonly<z.infer<typeof theoremSourceSchema>>;

export const runSuiteInputSchema = z
  .object({
    runId: z.string(),
    suite: z.string(),
    suiteSha256: z.string(),
    source: theoremSourceSchema,
    plan: attemptPlanSchema,
    limits: runLimitsSchema,
    guard: guardSchema,
    /** The header of the canary that is judged before the first theorem. Absent (runs of older versions): no canary. */
    canary: z.object({ header: z.string() }).readonly().optional(),
    /** US dollars that a first request may cost at most: no theorem gets a smaller share. Absent: learned on the way. */
    requestUsd: z.number().nonnegative().optional(),
  })
  .readonly();
export type RunSuiteInput = z.infer<typeof runSuiteInputSchema>;

export const proveFileInputSchema = z
  .object({
    runId: z.string(),
    /** As the user named it; '-' for standard input. For display only. */
    path: z.string(),
    file: leanFileSchema,
    plan: attemptPlanSchema,
    limits: runLimitsSchema,
    guard: guardSchema,
  })
  .readonly();
export type ProveFileInput = z.infer<typeof proveFileInputSchema>;

export const RUN_KINDS = ['suite', 'file'] as const;
export const runStateSchema = z.enum(['running', 'paused', 'done', 'cancelled', 'failed']);
export type RunState = z.infer<typeof runStateSchema>;

/** A run as the store keeps it; what `ls` and `show` print when no history is left. */
export const runRecordSchema = z
  .object({
    runId: z.string(),
    kind: z.enum(RUN_KINDS),
    /** Suite name or file path. */
    label: z.string(),
    state: runStateSchema,
    plan: attemptPlanSchema,
    limits: runLimitsSchema,
    /** Theorem ids in run order. */
    theoremIds: z.array(z.string()).readonly(),
    results: z.array(theoremResultSchema).readonly(),
    startedAt: z.number(),
    endedAt: z.number().nullable(),
    /** Absent: none was judged (a file, an older run, or one that has not come to it). */
    canary: canarySchema.optional(),
    provenance: z.record(z.string(), z.string()).readonly(),
  })
  .readonly();
export type RunRecord = z.infer<typeof runRecordSchema>;
