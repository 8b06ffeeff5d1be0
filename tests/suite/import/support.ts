import { Readable } from 'node:stream';
import type { LeanJob } from '../../../lean/service.ts';
import type { Verdict } from '../../../src/model/index.ts';
import { foreignModules } from '../../../src/suite/import/core/modules.ts';
import {
  type Imported,
  type ImportOptions,
  importItems,
  type Outcome,
} from '../../../src/suite/import/import.ts';
import type { Item } from '../../../src/suite/import/item.ts';
import { type ReadOptions, readSource } from '../../../src/suite/import/read.ts';

/** Answers like an embedded Lean that finds nothing wrong: what real Lean says is tested in tests/cli/import.test.ts. */
export const lenient = {
  screen: async ({ challenge }: LeanJob): Promise<Verdict> => {
    const missing = foreignModules(challenge.header);
    if (missing.length > 0) return { status: 'badHeader', missing, near: [], hint: '', ms: 0 };
    return { status: 'incomplete', diagnostics: [], goals: [], ms: 0 };
  },
};

const OPTIONS: ImportOptions = {
  lean: { wallMs: 1000, heartbeats: 200_000 },
  mapCore: false,
  splits: null,
  limit: null,
  header: null,
  jobs: 2,
};

export const importAll = (
  items: AsyncIterable<Item>,
  options: Partial<ImportOptions> = {},
  lean: { screen(job: LeanJob): Promise<Verdict> } = lenient,
): Promise<Imported> => importItems(items, lean, { ...OPTIONS, ...options });

/** What a file of JSON lines is read as. Objects are written as JSON, texts and bytes as they are. */
export const rowsOf = (
  rows: readonly (object | string | Buffer)[],
  format: ReadOptions['format'] = 'auto',
): AsyncGenerator<Item> => {
  const lines = rows.map((row) =>
    row instanceof Buffer ? row : Buffer.from(typeof row === 'string' ? row : JSON.stringify(row)),
  );
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  return readSource('-', { format, cwd: '/', stdin: Readable.from([bytes]) });
};

export const fromRows = (
  rows: readonly (object | string | Buffer)[],
  options: Partial<ImportOptions> & { format?: ReadOptions['format'] } = {},
): Promise<Imported> => importAll(rowsOf(rows, options.format), options);

export const fromPath = (path: string, options: Partial<ImportOptions> = {}): Promise<Imported> =>
  importAll(readSource(path, { format: 'auto', cwd: '/', stdin: Readable.from([]) }), options);

/** The records of what is in the suite. */
export const theoremsOf = ({ outcomes }: Imported) =>
  outcomes.flatMap((o) => (o.status === 'imported' || o.status === 'unchecked' ? [o.theorem] : []));

/** Why things are not in it, by line. */
export const faultsOf = ({ outcomes }: Imported): string[] =>
  outcomes.flatMap((o: Outcome) =>
    o.status === 'bad' || o.status === 'rejected' ? [`${o.place.line} ${o.status}: ${o.reason}`] : [],
  );

/** As the field writes it: with a trailing line end, so that the statement follows. */
export const MATHLIB =
  'import Mathlib\nimport Aesop\n\nset_option maxHeartbeats 400000\n\nopen BigOperators Real Nat Topology Rat\n\n';
