import { z } from 'zod';

export const EVENT_KINDS = ['lanes', 'slots', 'model-lanes'] as const;

/** A change that the product made by itself to how much is done at once, and why; for people who read `show RUN`. */
export const runEventSchema = z
  .object({
    /** Milliseconds since the epoch. */
    at: z.number().int(),
    /** What changed: theorems in flight of the run, Lean slots of a worker, requests in flight to a model. */
    what: z.enum(EVENT_KINDS),
    from: z.number(),
    to: z.number(),
    /** In one sentence, with the figures that decided. */
    reason: z.string(),
    /** Who decided: `run`, or the identity of a worker, with the model behind it where it is a model's. */
    by: z.string(),
  })
  .readonly();
export type RunEvent = z.infer<typeof runEventSchema>;
