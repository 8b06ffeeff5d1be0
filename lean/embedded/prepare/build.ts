import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import type { HostCode } from '../host/code.ts';
import { glueSymbols, slimGlue } from './glue.ts';
import { keptExports } from './keep.ts';
import { writeManifest } from './manifest.ts';
import { pruneModule } from './prune.ts';
import { makeSnapshots } from './snapshots.ts';
import { pinnedSource, sourceFolder } from './source.ts';

const READ_ONLY = 0o444;
/** What macOS's tar leaves beside every file. */
const isResourceFork = (path: string) => basename(path).startsWith('._');

/** Makes all that the host needs in an empty folder. Takes 10 to 30 s. */
export async function build(
  folder: string,
  recipe: string,
  code: HostCode,
  say: (line: string) => void,
): Promise<void> {
  const source = sourceFolder();
  say('preparing Lean: module');
  const glue = slimGlue(await readFile(await pinnedSource(source, 'lean.js'), 'utf8'));
  const wasm = await readFile(await pinnedSource(source, 'lean.wasm'));
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n', { mode: READ_ONLY });
  await writeFile(join(folder, 'lean.cjs'), glue, { mode: READ_ONLY });
  await writeFile(join(folder, 'lean.wasm'), pruneModule(wasm, keptExports(glueSymbols(glue))), {
    mode: READ_ONLY,
  });
  say('preparing Lean: library (240 MB)');
  const library = join(folder, 'lib');
  await mkdir(library);
  await extract({
    file: await pinnedSource(source, 'lean-lib.tar.gz'),
    cwd: library,
    preserveOwner: false,
    fmode: READ_ONLY,
    filter: (path) => !isResourceFork(path),
    onReadEntry: (entry) => {
      entry.mode = entry.type === 'Directory' ? 0o755 : READ_ONLY;
    },
  });
  say('preparing Lean: snapshots of its start (290 MB)');
  await makeSnapshots(folder, code);
  say('preparing Lean: checksums');
  await writeManifest(folder, recipe);
}
