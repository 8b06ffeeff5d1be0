import { lstat, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Beside, licenceOf, splitOf } from './beside.ts';
import { type Row, textOf } from './facts.ts';
import type { Facts } from './item.ts';
import { utf8 } from './lines.ts';
import { type Found, walk } from './walk.ts';

/** A folder that was looked through, before any Lean text of it is read. */
export type Folder = {
  readonly found: readonly Found[];
  readonly beside: Beside;
  /** Of a Lean file in it: what the folders around it say. */
  factsOf(path: string): Facts;
};

/** Bytes of the largest file beside Lean files that is looked at. */
const MOST = 64 << 20;

/** Looks a folder through: what is there, and what stands beside the Lean files. `say` hears of what is passed over. */
export async function openFolder(root: string, say: (name: string, text: string) => void): Promise<Folder> {
  const found: Found[] = [];
  const beside = new Beside();
  const toolchains = new Map<string, string>();
  const licences = new Map<string, string>();
  for await (const one of walk(root)) {
    found.push(one);
    if (one.kind !== 'file') continue;
    const { path, name } = one;
    const file = basename(path);
    if (file === 'lean-toolchain') toolchains.set(dirname(path), (await textAt(path))?.trim() ?? '');
    else if (/^(LICENSE|LICENCE|COPYING)(\.\w+)?$/iu.test(file)) {
      const licence = licenceOf((await textAt(path)) ?? '');
      if (licence !== undefined) licences.set(dirname(path), licence);
    } else if (file.endsWith('.json') && file !== 'task.json') {
      const json = await jsonAt(path);
      if (json === undefined) say(name, 'it is no JSON, so nothing of it is used');
      else beside.add(json, path);
    }
  }
  const nearest = (of: ReadonlyMap<string, string>, path: string): string | undefined => {
    for (let at = dirname(path); ; at = dirname(at)) {
      const value = of.get(at);
      if (value !== undefined && value !== '') return value;
      if (at === root || at === dirname(at)) return undefined;
    }
  };
  return {
    found,
    beside,
    factsOf: (path) => ({
      split: splitOf(root, path),
      toolchain: nearest(toolchains, path),
      licence: nearest(licences, path),
    }),
  };
}

async function textAt(path: string): Promise<string | null> {
  return (await stat(path)).size > MOST ? null : utf8(await readFile(path));
}

/** Undefined where it is no JSON. */
export async function jsonAt(path: string): Promise<unknown> {
  const text = await textAt(path);
  return text === null ? undefined : parsed(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    return undefined;
  }
}

/** The text of a file in a folder, null where there is none. A link is not followed, and `name` leads nowhere else. */
export async function textIn(folder: string, name: string): Promise<string | null> {
  if (name === '..' || /[\\/]/u.test(name)) return null;
  const path = join(folder, name);
  const found = await lstat(path).catch(() => null);
  return found?.isFile() ? textAt(path) : null;
}

/** What `task.json` in the folder of a task says, and the description that it names (else `description.txt`). */
export async function taskIn(folder: string): Promise<{ task: Row; description: string | undefined }> {
  const json = parsed((await textIn(folder, 'task.json')) ?? '');
  const task = (typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}) as Row;
  const named = textOf(task, 'description_file')?.replace(/^\.[\\/]/u, '') ?? 'description.txt';
  const description = (await textIn(folder, named))?.trim();
  return { task, description: description === '' ? undefined : description };
}
