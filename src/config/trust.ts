import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/**
 * A project's own proofloop.toml may have come with a cloned repository. What it says of keys, addresses and programs
 * holds only when the user trusts it: by its path and its content, so that a changed file is to be trusted anew.
 */
const schema = z.record(z.string(), z.string());

const listFile = (configDir: string): string => join(configDir, 'trusted.json');

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const read = async (configDir: string): Promise<Record<string, string>> => {
  try {
    return schema.parse(JSON.parse(await readFile(listFile(configDir), 'utf8')));
  } catch {
    return {};
  }
};

/** One file has one entry, whatever links lead to it. */
const nameOf = (file: string): Promise<string> => realpath(file).catch(() => file);

export const isTrusted = async (configDir: string, file: string, hash: string): Promise<boolean> => {
  const trusted = await read(configDir);
  const name = await nameOf(file);
  return Object.hasOwn(trusted, name) && trusted[name] === hash;
};

/** Those of the files that came with a project and that nobody said to trust. */
export const untrustedFiles = async (
  files: readonly { readonly file: string; readonly project: boolean; readonly sha256: string }[],
  configDir: string,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const { file, project, sha256: hash } of files)
    if (project && !(await isTrusted(configDir, file, hash))) found.add(file);
  return found;
};

/** Remembers the file as it is now, or forgets it. */
export const setTrust = async (configDir: string, file: string, hash: string | null): Promise<void> => {
  const { [await nameOf(file)]: _before, ...others } = await read(configDir);
  const next = hash === null ? others : { ...others, [await nameOf(file)]: hash };
  await mkdir(dirname(listFile(configDir)), { recursive: true });
  await writeFileAtomic(listFile(configDir), `${JSON.stringify(next, null, 2)}\n`);
};
