import { z } from 'zod';

/** What a worker saw of its machine, and of its Lean slots since its last sample. */
export const loadSchema = z
  .object({
    /** The worker's identity. */
    worker: z.string(),
    /** Milliseconds since the epoch: the end of the time that was sampled. */
    at: z.number().int(),
    /** Length of the time that was sampled, milliseconds. */
    ms: z.number().nonnegative(),
    /** Part of the CPU that the cgroup may use, 0 to 1; null = it cannot be read here. */
    cpu: z.number().nullable(),
    /** Part of the memory that is used, 0 to 1; null = it cannot be read here. */
    memory: z.number().nullable(),
    /** Lean slots now. */
    slots: z.number().int().nonnegative(),
    /** Slot-milliseconds in which a Lean instance worked, and those that there were. */
    busyMs: z.number().nonnegative(),
    availableMs: z.number().nonnegative(),
  })
  .readonly();
export type Load = z.infer<typeof loadSchema>;
