import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { submissionSchema } from './submission.ts';
import { verdictSchema } from './verdict.ts';

export const tokensSchema = z
  .object({
    /** All prompt tokens, cached ones included. */
    input: z.number(),
    cachedInput: z.number(),
    /** Visible answer, without thoughts. */
    output: z.number(),
    thoughts: z.number(),
  })
  .readonly();
export type Tokens = z.infer<typeof tokensSchema>;

/** A text inline up to 32 KiB; a larger one lies in the store under `sha256` and `text` is its head. */
export const textRefSchema = z
  .object({ text: z.string(), bytes: z.number(), sha256: z.string().nullable() })
  .readonly();
export type TextRef = z.infer<typeof textRefSchema>;

/** `finish` of a replayed request to which the store has no answer. */
export const NOT_IN_STORE = 'NOT_IN_STORE';

/** What a model answered, with what it took. `costUsd` null = the price is unknown, never "free". */
export const modelAnswerSchema = z
  .object({
    model: z.string(),
    modelVersion: z.string().nullable(),
    finish: z.string(),
    prompt: textRefSchema,
    answer: textRefSchema,
    submission: submissionSchema.nullable(),
    /** Why there is no submission: empty text, MAX_TOKENS, blocked, no code found. */
    unusable: z.string().nullable(),
    tokens: tokensSchema.nullable(),
    costUsd: z.number().nullable(),
    /** True if the answer came from the store and nothing was paid now. */
    cached: z.boolean(),
    ms: z.number(),
    /** The prompt variant asked with, e.g. `short/1`. Absent: the prover has a form of its own, or an older record. */
    variant: z.string().optional(),
    /** The request that brought it (`GenerateInput.askedBy`). Absent: an older record. */
    askedBy: z.string().optional(),
  })
  .readonly();
export type ModelAnswer = z.infer<typeof modelAnswerSchema>;

/** What a search by the local prover took. */
export const searchReportSchema = z
  .object({
    /** The kind of the theorem, by which experience is kept. */
    shape: z.string(),
    /** Tactics that were run. */
    steps: z.number(),
    /** In thousands, of all of them. */
    heartbeats: z.number(),
    ms: z.number(),
    /** Kinds of the steps of the proof that was found. */
    kinds: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type SearchReport = z.infer<typeof searchReportSchema>;

/** One try at a theorem, as `logs` shows it. */
export const attemptSchema = z
  .object({
    /** 1-based, in the order of their ends within the theorem. */
    n: z.number().int().positive(),
    prover: z.string(),
    /** 0 for the local prover, else 1-based. */
    round: z.number().int().nonnegative(),
    sample: z.number().int().nonnegative(),
    /** `sketch`: the submission has gaps that are proved as theorems of their own; `round` counts sketches. Absent: a whole proof. */
    kind: z.literal('sketch').optional(),
    submission: submissionSchema.nullable(),
    verdict: verdictSchema.nullable(),
    answer: modelAnswerSchema.nullable(),
    /** The verdict came from the store. */
    cachedVerdict: z.boolean(),
    /** Number of the attempt whose proof this one repeats; the verdict is that one's, Lean was not asked again. */
    duplicateOf: z.number().int().positive().optional(),
    /** The prompt variant asked with, e.g. `short/1`; null: the prover's own form. Absent: an older record. */
    variant: z.string().nullable().optional(),
    /** Number of the attempt that this one repairs; null: a new beginning. Absent: the local prover, an older record. */
    repairOf: z.number().int().positive().nullable().optional(),
    /** Milliseconds in Lean. */
    leanMs: z.number(),
    /** Of the search that led to it. */
    search: searchReportSchema.optional(),
    error: faultSchema.nullable(),
  })
  .readonly();
export type Attempt = z.infer<typeof attemptSchema>;
