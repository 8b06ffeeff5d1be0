import { z } from 'zod';
import { theoremSchema } from './theorem.ts';

/** A benchmark: JSON lines, one theorem a line (`theoremSchema`); the name is the file's without `.jsonl`. */
export const suiteSchema = z
  .object({
    name: z.string(),
    /** sha256 of the file's bytes. */
    sha256: z.string(),
    theorems: z.array(theoremSchema).readonly(),
  })
  .readonly();
export type Suite = z.infer<typeof suiteSchema>;
