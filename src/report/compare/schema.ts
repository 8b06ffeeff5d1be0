import { z } from 'zod';
import { outcomeSchema } from '../../model/index.ts';

export const COMPARISON_VERSION = 1;

const nullable = z.number().nullable();
const interval = z.object({ low: z.number(), high: z.number() }).readonly();

const sideSchema = z
  .object({
    /** More than one: repeats of the same. */
    runs: z.array(z.string()).readonly(),
    label: z.string(),
    /** Theorems that came to a result, in all. */
    theorems: z.number(),
    /** Of the common theorems; with repeats the mean of the runs. */
    solved: z.number(),
    errors: z.number(),
    meanMs: nullable,
    tokens: z.number(),
    usd: nullable,
    provenance: z.record(z.string(), z.string()).readonly(),
  })
  .readonly();
export type Side = z.infer<typeof sideSchema>;

/** One theorem on both sides. */
const pairSchema = z
  .object({
    id: z.string(),
    /** One a run. */
    a: z.array(outcomeSchema).readonly(),
    b: z.array(outcomeSchema).readonly(),
    aMs: z.number(),
    bMs: z.number(),
    /** Why b does not solve it; '' where it does. */
    why: z.string(),
  })
  .readonly();
export type Pair = z.infer<typeof pairSchema>;

const testSchema = z
  .object({
    name: z.enum(['exact McNemar', 'paired bootstrap']),
    /** What it was made on, or why there is none. */
    on: z.string(),
    /** McNemar's. */
    p: nullable,
    /** Bootstrap: b less a. */
    difference: nullable,
    interval: interval.nullable(),
    /** At the level of 5 %; null = nothing can be said. */
    significant: z.boolean().nullable(),
  })
  .readonly();

/** The samples of a model's first round against those of another's, theorem by theorem. */
const sampleTestSchema = z
  .object({
    modelA: z.string(),
    modelB: z.string(),
    /** Of which all samples of both sides were judged; `left`: the other common ones. */
    theorems: z.number(),
    left: z.number(),
    /** Mean share of right samples (pass@1). */
    rateA: nullable,
    rateB: nullable,
    /** b less a, with the paired bootstrap over theorems. */
    difference: nullable,
    interval: interval.nullable(),
    /** Of the randomization test; null = nothing differs, or fewer than two theorems. */
    p: nullable,
    significant: z.boolean().nullable(),
  })
  .readonly();

/** What `proofloop compare --format json` writes. */
export const comparisonSchema = z
  .object({
    comparison: z.literal(COMPARISON_VERSION),
    madeAt: z.number(),
    madeBy: z.string(),
    a: sideSchema,
    b: sideSchema,
    /** Theorems that both came to a result on. */
    common: z.number(),
    onlyA: z.array(z.string()).readonly(),
    onlyB: z.array(z.string()).readonly(),
    /** Same id, other statement or context: not compared. */
    changed: z.array(z.string()).readonly(),
    /** False: the theorems of a run are not in the store any more, so they are compared by id alone. */
    statementsCompared: z.boolean(),
    newlySolved: z.array(pairSchema).readonly(),
    lost: z.array(pairSchema).readonly(),
    /** With repeats: solved in some runs of a side and not in others, so neither new nor lost. */
    wavering: z.array(pairSchema).readonly(),
    bothSolved: z.number(),
    neither: z.number(),
    outcomeTest: testSchema,
    sampleTests: z.array(sampleTestSchema).readonly(),
    /** Why there is none though several samples were asked; null = there is one, or nothing to test. */
    noSampleTest: z.string().nullable(),
    /** Times of what both solved without the store: b over a. */
    time: z.object({ pairs: z.number(), ratio: z.number(), interval }).readonly().nullable(),
    /** What differs between the two. */
    differences: z
      .array(z.object({ what: z.string(), a: z.string().nullable(), b: z.string().nullable() }).readonly())
      .readonly(),
  })
  .readonly();
export type Comparison = z.infer<typeof comparisonSchema>;
