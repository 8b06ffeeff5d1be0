import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';

const MANIFEST = 'manifest.json';
const LIBRARY = 'lib';

const manifestSchema = z.object({
  recipe: z.string(),
  /** By path below the folder; `mtime` in ms since 1970. */
  files: z.record(z.string(), z.object({ size: z.number(), mtime: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Lists and hashes everything in a folder; written last, so a folder with a manifest is whole. */
export async function writeManifest(folder: string, recipe: string): Promise<void> {
  const files: Manifest['files'] = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    files[relative(folder, path).split(sep).join('/')] = {
      size,
      mtime: Math.round(mtimeMs),
      sha256: hash('sha256', await readFile(path)),
    };
  }
  await writeFile(join(folder, MANIFEST), JSON.stringify({ recipe, files }), { mode: 0o444 });
}

/** The manifest when size and time of every file are as it says, else what is wrong. Content of glue and module is
 * checked by the host, which reads them anyway. */
export function checkedManifest(folder: string, recipe: string): Manifest | { wrong: string } {
  try {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
    if (manifest.recipe !== recipe) return { wrong: 'it was made by another version' };
    for (const [path, { size, mtime }] of Object.entries(manifest.files)) {
      const found = statSync(join(folder, path), { throwIfNoEntry: false });
      if (!found) return { wrong: `${path} is missing` };
      if (found.size !== size || Math.round(found.mtimeMs) !== mtime) return { wrong: `${path} was changed` };
    }
    return manifest;
  } catch (error) {
    return {
      wrong: error instanceof SyntaxError || error instanceof z.ZodError ? 'broken manifest' : 'absent',
    };
  }
}

/** sha256 of what a host loads by itself; the library is read by Lean. */
export const loadedFiles = (manifest: Manifest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(manifest.files).flatMap(([path, { sha256 }]) =>
      path.includes('/') ? [] : [[path, sha256]],
    ),
  );

/** Names of the library's modules, e.g. `Init.Data.Nat.Basic`. */
export const libraryModules = (manifest: Manifest): string[] =>
  Object.keys(manifest.files)
    .filter((path) => path.startsWith(`${LIBRARY}/`) && path.endsWith('.olean'))
    .map((path) => path.slice(LIBRARY.length + 1, -'.olean'.length).replaceAll('/', '.'));
