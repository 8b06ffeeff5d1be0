import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file below a folder, or why something there is not read. Paths have `/`, whatever the system has. */
export type Found = { readonly path: string; readonly name: string } & (
  | { readonly kind: 'file' }
  | { readonly kind: 'refused' | 'passed'; readonly why: string }
);

/** Folders of tools: what is in them is nobody's data set. Hidden ones (`.lake`, `.git`) as well. */
const TOOLS = new Set(['node_modules', 'lake-packages', '__pycache__']);

/**
 * The files below a folder in the order of their names. A link is followed where it leads to a file of the same folder,
 * and refused where it leads out of it: whoever made the folder does not choose what of this machine is read.
 */
export async function* walk(root: string): AsyncGenerator<Found> {
  yield* below(root, await realpath(root), root);
}

async function* below(root: string, realRoot: string, folder: string): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || TOOLS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (entry.isDirectory()) yield* below(root, realRoot, path);
    else if (entry.isFile()) yield { kind: 'file', path, name };
    else if (entry.isSymbolicLink()) yield await link(realRoot, path, name);
    else yield { kind: 'passed', path, name, why: 'it is no file' };
  }
}

async function link(realRoot: string, path: string, name: string): Promise<Found> {
  let real: string;
  try {
    real = await realpath(path);
  } catch {
    return { kind: 'refused', path, name, why: 'it is a link that leads nowhere' };
  }
  if (!real.startsWith(realRoot + sep) && real !== realRoot)
    return { kind: 'refused', path, name, why: 'it is a link out of the folder, which is not followed' };
  if ((await stat(real)).isFile()) return { kind: 'file', path, name };
  return { kind: 'passed', path, name, why: 'it is a link to a folder, which is read at its own place' };
}
