import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProofloopError } from '../model/index.ts';

/** The package's `suites` folder: beside `package.json`, found upwards from here (`src/` or `dist/src/`). */
export function suitesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const suites = join(folder, 'suites');
    if (existsSync(join(folder, 'package.json')) && existsSync(suites)) return suites;
    const parent = dirname(folder);
    if (parent === folder) throw new ProofloopError('INTERNAL', 'The package has no `suites` folder.');
    folder = parent;
  }
}
