import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256OfFile } from './sha256.ts';

/** One cached binary: `DIR/<platform>-<arch>/temporal`, with its sha256 beside it. */
const place = (dir: string) => {
  const folder = join(dir, `${process.platform}-${process.arch}`);
  return { folder, binary: join(folder, 'temporal'), sum: join(folder, 'temporal.sha256') };
};

/** The cached binary if its bytes are still those that were put there, else null. */
export const cachedCli = async (dir: string): Promise<string | null> => {
  const { binary, sum } = place(dir);
  try {
    const expected = (await readFile(sum, 'utf8')).trim();
    return (await sha256OfFile(binary)) === expected ? binary : null;
  } catch {
    return null;
  }
};

/**
 * Lets `write` make the binary in a folder of its own and moves it into the cache. Several processes may do
 * it at once: each rename is atomic, and a reader that meets binary and sum of two writers makes it anew.
 * Throws if `pinned` is given and the bytes differ from it.
 */
export const cacheCli = async (
  dir: string,
  pinned: string | null,
  write: (folder: string) => Promise<string>,
): Promise<string> => {
  const { folder, binary, sum } = place(dir);
  const work = join(folder, `.new-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    const made = await write(work);
    const found = await sha256OfFile(made);
    if (pinned !== null && found !== pinned)
      throw new Error(`the Temporal CLI has sha256 ${found}, expected ${pinned}`);
    await chmod(made, 0o755);
    const sumFile = join(work, 'sum');
    await writeFile(sumFile, `${found}\n`);
    await rename(made, binary);
    await rename(sumFile, sum);
    return binary;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
