import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { difficultySchema, outcomeSchema } from '../../src/model/index.ts';

/** One theorem of one real run. Milliseconds; `ms` is the life of its workflow, `leanMs` what Lean had of it. */
export const recordedTimeSchema = z
  .object({
    round: z.number().int(),
    suite: z.string(),
    id: z.string(),
    header: z.string(),
    difficulty: difficultySchema.nullable(),
    category: z.string().nullable(),
    outcome: outcomeSchema,
    ms: z.number(),
    leanMs: z.number(),
  })
  .readonly();
export type RecordedTime = z.infer<typeof recordedTimeSchema>;

export const readRecorded = async (file: string | URL): Promise<readonly RecordedTime[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => recordedTimeSchema.parse(JSON.parse(row)));
