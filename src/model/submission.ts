import { z } from 'zod';

/**
 * An untrusted proof. `proof`: what follows `:=`, e.g. `by omega`; the trusted statement is put before it.
 * `declarations`: replaces the whole theorem command and may hold helper lemmas; it restates the theorem,
 * and the checker compares the type it elaborates to with the challenge's.
 */
export const submissionSchema = z
  .discriminatedUnion('form', [
    z.object({ form: z.literal('proof'), text: z.string() }),
    z.object({ form: z.literal('declarations'), text: z.string() }),
  ])
  .readonly();
export type Submission = z.infer<typeof submissionSchema>;
