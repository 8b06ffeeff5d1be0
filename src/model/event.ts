import { z } from 'zod';

/** What is tuned: theorems in flight of the run, Lean slots of a worker, requests in flight to a model. */
export const TUNED_KINDS = ['lanes', 'slots', 'model-lanes'] as const;

/** What people change: by the names of `set`; beside them the run's state, and up to how many its lanes are tuned. */
export const ASKED_KINDS = [
  'state',
  'auto-lanes',
  'max-cost',
  'run-max-tokens',
  'run-timeout',
  'max-rounds',
  'samples',
  'max-samples',
  'max-tokens',
  'theorem-max-cost',
  'timeout',
] as const;

/** A worker of another process than the command's took part: its Lean slots, from 0. */
export const SERVED_KIND = 'worker';

const common = {
  /** Milliseconds since the epoch. */
  at: z.number().int(),
  /** In one sentence, with the figures that decided. */
  reason: z.string(),
  /** Who decided: `run`, the identity of a worker (with the model behind it where it is a model's), or `USER@HOST`. */
  by: z.string(),
};
const tunedEventSchema = z
  .object({ ...common, what: z.enum([...TUNED_KINDS, SERVED_KIND]), from: z.number(), to: z.number() })
  .readonly();
/** US dollars and milliseconds where it is a limit of these; null = no limit. */
const value = z.union([z.number(), z.string(), z.null()]);
const askedEventSchema = z
  .object({ ...common, what: z.enum(ASKED_KINDS), from: value, to: value })
  .readonly();

/** A change to a run while it goes on, by the product itself or by people, or who works on it, and why; for those who read `show RUN`. */
export const runEventSchema = z.union([tunedEventSchema, askedEventSchema]);
export type RunEvent = z.infer<typeof runEventSchema>;
export type TunedEvent = z.infer<typeof tunedEventSchema>;
