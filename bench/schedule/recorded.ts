import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { difficultySchema, outcomeSchema, type Theorem } from '../../src/model/index.ts';
import { BUILT_IN_SUITES, loadSuite } from '../../src/suite/load.ts';

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

/** Two rounds over the same theorems, each in the order of its suites. */
export type Rounds = {
  readonly round: readonly RecordedTime[];
  readonly before: readonly RecordedTime[];
  /** The first one in the order in which it ran. */
  readonly asRun: readonly RecordedTime[];
  /** By suite and id. */
  readonly theorems: ReadonlyMap<string, Theorem>;
};

export const readRecorded = async (file: string | URL): Promise<Rounds> => {
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => recordedTimeSchema.parse(JSON.parse(row)));
  const suites = await Promise.all(BUILT_IN_SUITES.map(loadSuite));
  const inFileOrder = (round: number) => {
    const own = new Map(rows.filter((r) => r.round === round).map((r) => [`${r.suite}/${r.id}`, r]));
    return suites.flatMap(({ name, theorems }) =>
      theorems.flatMap(({ id }) => {
        const row = own.get(`${name}/${id}`);
        return row === undefined ? [] : [row];
      }),
    );
  };
  const theorems = new Map(
    suites.flatMap((suite) => suite.theorems.map((t) => [`${suite.name}/${t.id}`, t] as const)),
  );
  const asRun = rows.filter((r) => r.round === 1 && theorems.has(`${r.suite}/${r.id}`));
  return { before: inFileOrder(1), round: inFileOrder(2), asRun, theorems };
};
