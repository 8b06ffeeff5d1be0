import { z } from 'zod';
import { VERDICT_STATUSES } from './verdict.ts';

/** What the checker of a run said of a false statement with typical cheats, and of a true one with its proof. */
export const canarySchema = z
  .object({
    /** `passed`: every cheat is refused and the truth accepted. */
    outcome: z.enum(['passed', 'accepted the false', 'refused the true']),
    /** Versions of checker and Lean, and the backend that judged. */
    checker: z.string(),
    lean: z.string(),
    backend: z.string(),
    cheats: z.array(z.object({ name: z.string(), status: z.enum(VERDICT_STATUSES) }).readonly()).readonly(),
    truth: z.enum(VERDICT_STATUSES),
    ms: z.number(),
  })
  .readonly();
export type Canary = z.infer<typeof canarySchema>;
