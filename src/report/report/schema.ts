import { z } from 'zod';
import {
  attemptPlanSchema,
  canarySchema,
  difficultySchema,
  outcomeSchema,
  predictionSchema,
  RUN_KINDS,
  runEventSchema,
  runLimitsSchema,
  runStateSchema,
  scopeSchema,
  stoppedBySchema,
} from '../../model/index.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
export const REPORT_VERSION = 1;

const nullable = z.number().nullable();
const bounds = { low: z.number(), high: z.number() };
const interval = z.object({ ...bounds, method: z.enum(['wilson', 'bootstrap']) }).readonly();

/** A mean over theorems between 0 and 1; `value` null and bounds where samples are missing because a proof ended them. */
export const estimateSchema = z
  .object({
    theorems: z.number(),
    without: z.number(),
    value: nullable,
    low: nullable,
    high: nullable,
    interval: interval.nullable(),
  })
  .readonly();

const atK = z.object({ k: z.number(), ...estimateSchema.unwrap().shape }).readonly();

const outcomesSchema = z
  .object({
    solved: z.number(),
    unsolved: z.number(),
    refuted: z.number(),
    conditional: z.number(),
    error: z.number(),
  })
  .readonly();

/** Milliseconds. */
const timesSchema = z
  .object({
    mean: nullable,
    median: nullable,
    p95: nullable,
    max: nullable,
    components: z
      .object({ lean: z.number(), model: z.number(), cache: z.number(), rest: z.number() })
      .readonly(),
    overlapping: z.number(),
  })
  .readonly();

const costSchema = z
  .object({
    modelCalls: z.number(),
    cachedAnswers: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    cachedTokens: z.number(),
    estimatedTokens: z.number(),
    usd: nullable,
    estimatedUsd: z.number(),
    usdPerSolved: nullable,
  })
  .readonly();

const modelSchema = z
  .object({
    prover: z.string(),
    /** Samples of the first round that were planned for a theorem. */
    planned: z.number(),
    passAtK: z.array(atK).readonly(),
  })
  .readonly();

/** All theorems of a run, or those of one difficulty or category. */
const figures = {
  finished: z.number(),
  outcomes: outcomesSchema,
  success: estimateSchema,
  models: z.array(modelSchema).readonly(),
  refineAtK: z.array(atK).readonly(),
  times: timesSchema,
  cost: costSchema,
  /** Proofs taken from the store. */
  cachedProofs: z.number(),
} as const;

export const groupSchema = z.object({ name: z.string(), total: z.number(), ...figures }).readonly();
export type Group = z.infer<typeof groupSchema>;

export const rowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    difficulty: difficultySchema.nullable(),
    category: z.string().nullable(),
    outcome: outcomeSchema,
    stoppedBy: stoppedBySchema,
    stoppedScope: scopeSchema.nullable(),
    /** Why it is not solved, in one line; '' when it is. */
    why: z.string(),
    prover: z.string().nullable(),
    /** What answered, with its version where the provider says it, and the prompts it was asked with. */
    models: z.array(z.string()).readonly(),
    prompts: z.array(z.string()).readonly(),
    cached: z.boolean(),
    attempts: z.number(),
    calls: z.number(),
    callsToProof: nullable,
    startedAt: z.number(),
    endedAt: z.number(),
    /** Milliseconds. `restMs` null: samples overlapped. */
    totalMs: z.number(),
    leanMs: z.number(),
    modelMs: z.number(),
    cacheMs: z.number(),
    restMs: nullable,
    inputTokens: z.number(),
    outputTokens: z.number(),
    usd: nullable,
    verdict: z.string().nullable(),
    axioms: z.array(z.string()).readonly(),
    assurance: z.string().nullable(),
    header: z.string().nullable(),
    statement: z.string().nullable(),
    /** The accepted proof, or that of the negation. */
    proof: z.string().nullable(),
    counterexample: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).readonly().nullable(),
    notes: z.array(z.string()).readonly(),
    prediction: predictionSchema.nullable(),
    workflowId: z.string(),
  })
  .readonly();
export type Row = z.infer<typeof rowSchema>;

const kpiSchema = z
  .object({
    id: z.enum(['success', 'time', 'capacity', 'utilisation', 'errors']),
    name: z.string(),
    definition: z.string(),
    target: z.string(),
    unit: z.enum(['share', 'ms', 'theorems']),
    value: nullable,
    met: z.boolean().nullable(),
  })
  .readonly();

const calibrationSchema = z
  .object({
    theorems: z.number(),
    brier: z.number(),
    bins: z
      .array(
        z
          .object({
            from: z.number(),
            to: z.number(),
            theorems: z.number(),
            predicted: z.number(),
            solved: z.number(),
            interval: z.object(bounds).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    timeMae: z.number(),
    timeWithin: z.number(),
  })
  .readonly();

/** What `proofloop report --format json` writes. All other formats are made of it. */
export const reportSchema = z
  .object({
    report: z.literal(REPORT_VERSION),
    madeAt: z.number(),
    madeBy: z.string(),
    run: z
      .object({
        runId: z.string(),
        kind: z.enum(RUN_KINDS),
        label: z.string(),
        state: runStateSchema,
        startedAt: z.number(),
        endedAt: nullable,
        wallMs: z.number(),
        plan: attemptPlanSchema,
        limits: runLimitsSchema,
      })
      .readonly(),
    provenance: z.record(z.string(), z.string()).readonly(),
    canary: canarySchema.nullable(),
    /** Theorems of the run, finished or not. */
    total: z.number(),
    ...figures,
    difficulties: z.array(groupSchema).readonly(),
    categories: z.array(groupSchema).readonly(),
    utilisation: z.object({ value: nullable, source: z.enum(['workers', 'ledgers']).nullable() }).readonly(),
    concurrency: z.object({ peak: z.number(), sustained: z.number() }).readonly().nullable(),
    kpis: z.array(kpiSchema).readonly(),
    calibration: calibrationSchema.nullable(),
    /** What was changed by itself while it ran, and why. */
    events: z.array(runEventSchema).readonly(),
    theorems: z.array(rowSchema).readonly(),
    /** Ids of those that have not come to a result. */
    unfinished: z.array(z.string()).readonly(),
  })
  .readonly();
export type Report = z.infer<typeof reportSchema>;
export type Figures = Pick<Report, keyof typeof figures>;
