import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { submissionSchema } from './submission.ts';
import { difficultySchema } from './theorem.ts';
import { verdictSchema } from './verdict.ts';

export const OUTCOMES = ['solved', 'unsolved', 'conditional', 'refuted', 'error'] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

export const STOPPED_BY = [
  'proof',
  'rounds',
  'samples',
  'tokens',
  'cost',
  'time',
  'cancelled',
  'error',
] as const;
export const stoppedBySchema = z.enum(STOPPED_BY);
export type StoppedBy = z.infer<typeof stoppedBySchema>;

/** Whose limit it was that stopped the search: one prover's on the theorem, the theorem's, or the whole run's. */
export const SCOPES = ['prover', 'theorem', 'run'] as const;
export const scopeSchema = z.enum(SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** Where the time and the money of a theorem went. Milliseconds; `costUsd` null = some price was unknown. */
export const ledgerSchema = z
  .object({
    cacheMs: z.number(),
    modelMs: z.number(),
    leanMs: z.number(),
    totalMs: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    modelCalls: z.number(),
    cachedAnswers: z.number(),
    /** What was paid, with the estimates: never less than what the providers bill. */
    costUsd: z.number().nullable(),
    /**
     * Requests that were cancelled, hung or lost with their worker: whether they were billed nobody knows, so each
     * counts as its upper bound. US dollars (part of `costUsd`), tokens (beside input and output), and how many.
     */
    estimatedUsd: z.number().default(0),
    estimatedTokens: z.number().default(0),
    estimatedCalls: z.number().default(0),
    /** Tokens of answers from the store, which are part of input and output but were not bought now. */
    cachedTokens: z.number().default(0),
    /** Proofs that had been refused before, so that Lean was not asked again. */
    duplicates: z.number().default(0),
  })
  .readonly();
export type Ledger = z.infer<typeof ledgerSchema>;

/** What answered one or more requests of a theorem. */
export const askedSchema = z
  .object({
    model: z.string(),
    /** As the provider names what answered; null = it does not say. */
    version: z.string().nullable(),
    /** The prompt variant, e.g. `short/1`; null = the prover's own form. */
    prompt: z.string().nullable(),
  })
  .readonly();
export type Asked = z.infer<typeof askedSchema>;

/** The theorem is false: an accepted proof of its negation. */
export const refutationSchema = z
  .object({
    /** What was proved, a theorem command up to but without `:=`; it stands behind the refuted theorem with `sorry`. */
    statement: z.string(),
    submission: submissionSchema,
    verdict: verdictSchema,
    /** The values for which it is false, e.g. `a = 0, b = 1`; absent where the proof names none. */
    counterexample: z.string().optional(),
  })
  .readonly();
export type Refutation = z.infer<typeof refutationSchema>;

/** How hard a counterexample is looked for: `glance` before the local search, `quick` before the first model call, `full` when nobody has proved it. */
export type RefuteEffort = 'glance' | 'quick' | 'full';

export const theoremResultSchema = z
  .object({
    theoremId: z.string(),
    name: z.string(),
    difficulty: difficultySchema.nullable(),
    category: z.string().nullable(),
    outcome: outcomeSchema,
    stoppedBy: stoppedBySchema,
    /** With a limit in `stoppedBy`: whose. Absent: it was none, or the record is older. */
    stoppedScope: scopeSchema.optional(),
    /** The prover that found the proof, or null. */
    prover: z.string().nullable(),
    submission: submissionSchema.nullable(),
    /** The verdict on `submission` if there is one, else the last one met. */
    verdict: verdictSchema.nullable(),
    /** The verdict on the proof came from the store, also where a model gave the proof anew: `isFromStore` says which. */
    cached: z.boolean(),
    /** With outcome `refuted`; null or absent (results of older versions): not refuted. */
    refutation: refutationSchema.nullable().optional(),
    attempts: z.number().int().nonnegative(),
    /** Models, versions and prompts of all its requests. Absent: no model was asked, or the record is older. */
    asked: z.array(askedSchema).readonly().optional(),
    ledger: ledgerSchema,
    /** With outcome `error`: what went wrong and what mends it. */
    error: faultSchema.nullable(),
    /** Things a reader has to know, e.g. that a model failed and the local prover went on alone. */
    notes: z.array(z.string()).readonly(),
    workflowId: z.string(),
    /** Milliseconds since the epoch. */
    startedAt: z.number(),
    endedAt: z.number(),
  })
  .readonly();
export type TheoremResult = z.infer<typeof theoremResultSchema>;

/** Model calls of a theorem, those that the store answered and those that never were included. */
export const callsIn = ({ modelCalls, cachedAnswers, estimatedCalls }: Ledger): number =>
  modelCalls + cachedAnswers + estimatedCalls;

/**
 * The proof itself came from the store and nobody was asked for it. Two samples that give the same proof share a verdict,
 * as does a model with whoever gave it before: that proof is its own.
 */
export const isFromStore = ({ cached, prover, ledger }: TheoremResult): boolean =>
  cached && (prover === null || callsIn(ledger) === 0);
