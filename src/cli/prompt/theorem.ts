import { targetsOf, theoremFor } from '../../lean-text/assemble.ts';
import { scanFile } from '../../lean-text/scan.ts';
import { ProofloopError, type Theorem } from '../../model/index.ts';
import { loadSuite } from '../../suite/load.ts';
import type { Io } from '../io.ts';
import { select } from '../run/select.ts';
import { readSource, STANDARD_INPUT } from '../source/read.ts';

export type Named = {
  /** `basic/add_comm`, `basic`, `mine.jsonl`, `Sums.lean`, `-` */
  readonly from: string;
  /** Second word of the command line. */
  readonly name: string | undefined;
  /** `--theorem` */
  readonly theorem: string | undefined;
};

/** The theorem that a command line names. Throws THEOREM_NOT_FOUND, NO_TARGET, SUITE_NOT_FOUND, FILE_NOT_FOUND, USAGE. */
export async function namedTheorem({ from, name, theorem }: Named, io: Io): Promise<Theorem> {
  const wanted = theorem ?? name;
  if (from === STANDARD_INPUT || from.endsWith('.lean')) return inFile(from, wanted, io);
  if (wanted !== undefined) return inSuite(from, wanted);
  const slash = from.lastIndexOf('/');
  if (slash > 0 && !from.endsWith('.jsonl')) return inSuite(from.slice(0, slash), from.slice(slash + 1));
  throw new ProofloopError('USAGE', `'${from}' names no theorem`, {
    fix: 'Say `SUITE/NAME`, `SUITE NAME`, or `FILE.lean --theorem NAME`.',
  });
}

const inSuite = async (suite: string, id: string): Promise<Theorem> =>
  select((await loadSuite(suite)).theorems, { id: [id] })[0]!;

const inFile = async (path: string, wanted: string | undefined, io: Io): Promise<Theorem> => {
  const source = await readSource(path, io.stdin, io.cwd);
  const file = scanFile(source.text, source.sha256, wanted === undefined ? [] : [wanted]);
  const targets = targetsOf(file);
  if (targets.length === 0) throw new ProofloopError('NO_TARGET', `${path} has no theorem or lemma to prove`);
  if (targets.length > 1)
    throw new ProofloopError(
      'USAGE',
      `${path} has ${targets.length} theorems to prove: ${targets.map((t) => t.name).join(', ')}`,
      { fix: 'Say which with --theorem NAME.' },
    );
  return theoremFor(file, 0, {});
};
