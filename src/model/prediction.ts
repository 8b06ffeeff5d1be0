import { z } from 'zod';

/** A mean with the bounds between which 80 of 100 values are expected. */
export const intervalSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() }).readonly();
export type Interval = z.infer<typeof intervalSchema>;

/** What is expected of one theorem with one prover, before it is tried. */
export const predictionSchema = z
  .object({
    /** Milliseconds of work: cache, Lean and model, without waiting for a free slot; at most the wall clock. */
    ms: intervalSchema,
    /** That it is solved, 0 to 1. */
    probability: z.number().min(0).max(1),
    /** Tokens bought, input and output together. */
    tokens: intervalSchema,
    /** US dollars; null = some price is unknown. */
    usd: intervalSchema.nullable(),
    /** `history`: this theorem was tried before; `similar`: only others like it were. */
    basis: z.enum(['history', 'similar']),
  })
  .readonly();
export type Prediction = z.infer<typeof predictionSchema>;

/** By theorem id; what a run's record names by hash as `predictions`. */
export const predictionsSchema = z.record(z.string(), predictionSchema);
