import { hash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ProofloopError } from '../../../src/model/errors.ts';

/** Folder that holds `lean/` and `src/` as TypeScript. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What runs in a host, by the name of the file that it becomes. */
const ENTRIES = {
  main: 'lean/embedded/host/main.ts',
  maker: 'lean/embedded/host/maker.ts',
  worker: 'lean/embedded/instance/worker.ts',
  'snapshot-worker': 'lean/embedded/instance/snapshot-worker.ts',
};

/** Time (ms since 1970) and size of every source that went into a bundle. */
type Inputs = Readonly<Record<string, readonly [mtimeMs: number, size: number]>>;
type Known = { readonly folder: string; readonly inputs: Inputs };

/**
 * Makes one plain module of each program of the host. A thread that loads forty TypeScript files instead takes 300 ms
 * and 37 MiB more (Node's type stripper is loaded in each thread).
 * Throws LEAN_ASSET_INVALID.
 */
export async function bundleHost(folder: string): Promise<void> {
  const entries = Object.entries(ENTRIES).map(([name, file]) => `${name}=${join(root, file)}`);
  const target = ['--bundle', '--platform=node', '--target=node24', '--format=esm'];
  const files = [`--outdir=${folder}`, '--out-extension:.js=.mjs', `--metafile=${join(folder, 'meta.json')}`];
  try {
    await execa('esbuild', [...entries, ...target, ...files, '--log-level=error'], {
      cwd: root,
      preferLocal: true,
      localDir: root,
    });
  } catch (cause) {
    throw new ProofloopError('LEAN_ASSET_INVALID', `the Lean host could not be bundled: ${cause}`, {
      fix: 'Install the dependencies again, those for development too (`npm ci`).',
      cause,
    });
  }
}

/** The bundle for this checkout, made again when a source of it has changed. Several processes may call it at once. */
export async function bundledFor(cacheDir: string): Promise<string> {
  const pointer = join(cacheDir, `host-${hash('sha256', root).slice(0, 16)}.json`);
  const known = await readKnown(pointer);
  if (known !== null) return known;
  await mkdir(cacheDir, { recursive: true });
  const made = await mkdtemp(join(cacheDir, '.host-'));
  try {
    await bundleHost(made);
    const meta = JSON.parse(await readFile(join(made, 'meta.json'), 'utf8'));
    const inputs = await statAll(Object.keys((meta as { inputs: object }).inputs));
    const contents = await Promise.all(
      Object.keys(ENTRIES).map((name) => readFile(join(made, `${name}.mjs`))),
    );
    const folder = join(cacheDir, `host-${hash('sha256', Buffer.concat(contents)).slice(0, 16)}`);
    // Another process may have made the same one; then the two are equal.
    await rename(made, folder).catch(() => undefined);
    const fresh = `${pointer}.${randomUUID()}`;
    await writeFile(fresh, JSON.stringify({ folder, inputs } satisfies Known));
    await rename(fresh, pointer);
    return folder;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function readKnown(pointer: string): Promise<string | null> {
  try {
    const { folder, inputs } = JSON.parse(await readFile(pointer, 'utf8')) as Known;
    const found = await statAll(Object.keys(inputs));
    await stat(join(folder, 'main.mjs'));
    return JSON.stringify(found) === JSON.stringify(inputs) ? folder : null;
  } catch {
    return null;
  }
}

/** `paths` as esbuild names them: relative to the root. */
async function statAll(paths: readonly string[]): Promise<Inputs> {
  const entries = paths.map(async (path) => {
    const { mtimeMs, size } = await stat(resolve(root, path));
    return [relative(root, resolve(root, path)).split(sep).join('/'), [mtimeMs, size]] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
