import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import lockfile from 'proper-lockfile';
import { isProofloopError, ProofloopError } from '../../../src/model/errors.ts';
import { build } from './build.ts';
import { KEEP_RECIPE } from './keep.ts';
import { checkedManifest, libraryModules } from './manifest.ts';
import { SOURCE } from './source.ts';

/** Raise it when the code of this folder makes other files from the same package. */
const RECIPE_VERSION = '2';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Decides what is produced, and so what judges. */
export const RECIPE = sha256(JSON.stringify([RECIPE_VERSION, SOURCE, KEEP_RECIPE]));

export type PrepareOptions = {
  readonly cacheDir: string;
  /** Progress for people, one line a call; only called when there is something to make. */
  readonly say?: ((line: string) => void) | undefined;
  /** Makes it anew although it looks right (the host found other content). */
  readonly rebuild?: boolean;
};

export type Prepared = {
  readonly folder: string;
  readonly buildHash: string;
  /** Expected content of what the host loads. */
  readonly sha256: { readonly glue: string; readonly wasm: string };
  readonly modules: readonly string[];
};

export const preparedFolder = (cacheDir: string): string =>
  join(cacheDir, `${SOURCE.name}-${SOURCE.version}-${RECIPE.slice(0, 16)}`);

/**
 * The folder with pruned module, slim glue and unpacked library; made at the first call, checked at the others.
 * Several processes may call it at once. Throws LEAN_ASSET_INVALID, LEAN_CACHE_UNWRITABLE.
 */
export async function prepareLean(options: PrepareOptions): Promise<Prepared> {
  const folder = preparedFolder(options.cacheDir);
  const found = options.rebuild ? null : existing(folder);
  if (found) return found;
  try {
    await mkdir(options.cacheDir, { recursive: true });
    const release = await lockfile.lock(options.cacheDir, {
      lockfilePath: `${folder}.lock`,
      stale: 60_000,
      retries: { retries: 600, minTimeout: 200, maxTimeout: 500 },
    });
    try {
      return (
        (options.rebuild ? null : existing(folder)) ?? (await replace(folder, options.say ?? (() => {})))
      );
    } finally {
      await release();
    }
  } catch (error) {
    throw diskFault(error, options.cacheDir);
  }
}

function existing(folder: string): Prepared | null {
  const manifest = checkedManifest(folder, RECIPE);
  if ('wrong' in manifest) return null;
  return {
    folder,
    buildHash: RECIPE,
    sha256: { glue: manifest.files['lean.cjs']!.sha256, wasm: manifest.files['lean.wasm']!.sha256 },
    modules: libraryModules(manifest),
  };
}

/** Runs under the lock, so temporary folders that it meets belong to processes that died. */
async function replace(folder: string, say: (line: string) => void): Promise<Prepared> {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  for (const name of await readdir(parent))
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  const fresh = await mkdtemp(join(parent, prefix));
  try {
    await build(fresh, RECIPE, say);
    await rename(folder, await mkdtemp(join(parent, prefix))).catch(ignoreMissing);
    await rename(fresh, folder);
  } finally {
    for (const name of await readdir(parent))
      if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const prepared = existing(folder);
  if (!prepared) throw new ProofloopError('LEAN_ASSET_INVALID', `${folder} is not what was just written`);
  return prepared;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

const ignoreMissing = (error: unknown) => {
  if (codeOf(error) !== 'ENOENT') throw error;
};

function diskFault(error: unknown, cacheDir: string): unknown {
  const code = codeOf(error);
  if (isProofloopError(error) || !code || !/^E[A-Z]+$/.test(code)) return error;
  const why = code === 'ENOSPC' ? 'no space is left on the disk' : (error as Error).message;
  return new ProofloopError('LEAN_CACHE_UNWRITABLE', `Lean cannot be prepared in ${cacheDir}: ${why}`, {
    cause: error,
  });
}
