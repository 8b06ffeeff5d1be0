import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import lockfile from 'proper-lockfile';
import { isProofloopError, ProofloopError } from '../../../src/model/errors.ts';
import { type HostCode, hostCode } from '../host/code.ts';
import { build } from './build.ts';
import { KEEP_RECIPE } from './keep.ts';
import { checkedManifest, libraryModules, loadedFiles } from './manifest.ts';
import { SOURCE } from './source.ts';

/** Raise it when the code of this folder makes other files from the same package. */
const RECIPE_VERSION = '4';

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
  /** Expected content of what the host loads, by path below the folder. */
  readonly sha256: Readonly<Record<string, string>>;
  /** The host's own programs. */
  readonly code: HostCode;
  readonly modules: readonly string[];
};

/** A snapshot is what the code of its maker made. */
const folderName = (code: HostCode): string =>
  `${SOURCE.name}-${SOURCE.version}-${sha256(RECIPE + code.makerHash).slice(0, 16)}`;

/**
 * The folder with pruned module, slim glue and unpacked library; made at the first call, checked at the others.
 * Several processes may call it at once. Throws LEAN_ASSET_INVALID, LEAN_CACHE_UNWRITABLE.
 */
export async function prepareLean(asked: PrepareOptions): Promise<Prepared> {
  // Other processes, in other folders, read there.
  const options = { ...asked, cacheDir: resolve(asked.cacheDir) };
  try {
    await mkdir(options.cacheDir, { recursive: true });
    const code = await hostCode(options.cacheDir);
    const folder = join(options.cacheDir, folderName(code));
    const found = options.rebuild ? null : existing(folder, code);
    if (found) return found;
    const release = await lockfile.lock(options.cacheDir, {
      lockfilePath: `${folder}.lock`,
      stale: 60_000,
      retries: { retries: 600, minTimeout: 200, maxTimeout: 500 },
    });
    try {
      return (
        (options.rebuild ? null : existing(folder, code)) ??
        (await replace(folder, code, options.say ?? (() => {})))
      );
    } finally {
      await release();
    }
  } catch (error) {
    throw diskFault(error, options.cacheDir);
  }
}

function existing(folder: string, code: HostCode): Prepared | null {
  const manifest = checkedManifest(folder, RECIPE);
  if ('wrong' in manifest) return null;
  return {
    folder,
    buildHash: RECIPE,
    sha256: loadedFiles(manifest),
    code,
    modules: libraryModules(manifest),
  };
}

/** Runs under the lock, so temporary folders that it meets belong to processes that died. */
async function replace(folder: string, code: HostCode, say: (line: string) => void): Promise<Prepared> {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  for (const name of await readdir(parent))
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  const fresh = await mkdtemp(join(parent, prefix));
  try {
    await build(fresh, RECIPE, code, say);
    await rename(folder, await mkdtemp(join(parent, prefix))).catch(ignoreMissing);
    await rename(fresh, folder);
  } finally {
    for (const name of await readdir(parent))
      if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const prepared = existing(folder, code);
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
