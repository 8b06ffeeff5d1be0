import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  type LeanOptions,
  ProofloopError,
  type RunRecord,
  runRecordSchema,
  type Theorem,
  type TheoremResult,
  theoremResultSchema,
} from '../../model/index.ts';
import { proofFileName, refutationFileName } from '../../report/proof-files.ts';
import type { Store } from '../../store/store.ts';
import { theoremsOf } from '../../suite/of-run.ts';
import { parseSuite } from '../../suite/parse.ts';
import { findRun } from '../run/find.ts';

/** What a run has kept, wherever it lies. */
export type StoredRun = {
  readonly label: string;
  /** Those that were counted as solved or as refuted. */
  readonly solved: readonly TheoremResult[];
  readonly theorem: (id: string) => Theorem | null;
  /** Limits that the proofs were accepted within; null where nobody tells. */
  readonly lean: LeanOptions | null;
  /** The proof's own file: its name, and its text if it is there; null where a run has no such files. */
  readonly file:
    | ((id: string, refuted: boolean) => Promise<{ readonly name: string; readonly text: string | null }>)
    | null;
};

const solvedOf = (results: readonly TheoremResult[]) =>
  results.filter((r) => r.outcome === 'solved' || r.outcome === 'refuted');

/** A run of the store, by its id or the beginning of it. Throws RUN_NOT_FOUND. */
export const runFromStore = async (store: Store, id: string): Promise<StoredRun> => {
  const { run, theoremId } = await findRun(store, id);
  const solved = solvedOf(run.results).filter((r) => theoremId === null || r.theoremId === theoremId);
  return { label: run.runId, solved, theorem: await theoremsOf(store, run), lean: run.plan.lean, file: null };
};

/**
 * A folder that `bench -o` wrote. Nothing in it is trusted: what is judged is whether its proofs prove its statements.
 * Folders without `theorems.jsonl` (older ones, and those of `prove`) need the run in the store. Throws FILE_NOT_FOUND,
 * FILE_UNREADABLE, RUN_NOT_FOUND.
 */
export const runFromFolder = async (folder: string, openStore: () => Promise<Store>): Promise<StoredRun> => {
  const results = rows(await read(folder, 'results.jsonl'), join(folder, 'results.jsonl'));
  const suite = await optional(folder, 'theorems.jsonl');
  if (suite === null) {
    const runId = results[0]?.workflowId.split('/')[0] ?? '';
    const stored = await runFromStore(await openStore(), runId);
    return { ...stored, label: folder, solved: solvedOf(results) };
  }
  const theorems = new Map(
    parseSuite(suite, join(folder, 'theorems.jsonl')).map((t): [string, Theorem] => [
      t.id,
      { ...t, provenance: 'foreign' },
    ]),
  );
  const run = await optional(folder, 'run.json');
  return {
    label: folder,
    solved: solvedOf(results),
    theorem: (id) => theorems.get(id) ?? null,
    lean: run === null ? null : recordIn(run, join(folder, 'run.json')).plan.lean,
    file: async (id, refuted) => {
      const name = refuted ? refutationFileName(id) : proofFileName(id);
      return { name, text: await optional(folder, name) };
    },
  };
};

const rows = (text: string, name: string): TheoremResult[] =>
  text
    .split('\n')
    .flatMap((line, i) =>
      line.trim() === '' ? [] : [parsed(theoremResultSchema, line, `${name}, line ${i + 1}`)],
    );

const recordIn = (text: string, name: string): RunRecord => parsed(runRecordSchema, text, name);

const parsed = <T>(schema: z.ZodType<T>, text: string, where: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ProofloopError('FILE_UNREADABLE', `${where} is not what \`bench -o\` writes`, {
      cause,
      fix: 'Name a folder that `bench -o` wrote, or a run.',
    });
  }
};

const optional = async (folder: string, name: string): Promise<string | null> => {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ProofloopError('FILE_UNREADABLE', `${join(folder, name)} cannot be read`, { cause: error });
  }
};

const read = async (folder: string, name: string): Promise<string> => {
  const text = await optional(folder, name);
  if (text !== null) return text;
  throw new ProofloopError('FILE_NOT_FOUND', `there is no ${name} in ${folder}`, {
    fix: 'Name a folder that `bench -o` wrote, or a run.',
  });
};
