import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { sha256OfFile } from './sha256.ts';

/** What a bundle was made of: it is good as long as none of it has changed. */
const manifestSchema = z.object({
  /** sha256 of the bundle itself. */
  bundle: z.string(),
  /** sha256 of each source file and of the lock file, which stands for the packages. */
  sources: z.record(z.string(), z.string()),
  node: z.string(),
});

export type Bundle = { readonly code: string; readonly sources: readonly string[] };

/**
 * The path of a bundle of the sources as they are now: the one made before if nothing that it was made of has
 * changed, else a new one. `lock` is the package lock of the checkout that `name` names.
 */
export const cachedBundle = async (
  dir: string,
  { name, lock }: { readonly name: string; readonly lock: string },
  make: () => Promise<Bundle>,
): Promise<string> => {
  const stem = join(dir, createHash('sha256').update(name).digest('hex').slice(0, 16));
  const paths = { bundle: `${stem}.js`, manifest: `${stem}.json` };
  if (await isGood(paths)) return paths.bundle;
  const { code, sources } = await make();
  const entries = [...sources, lock].map(async (path) => [path, await sha256OfFile(path)] as const);
  const manifest: z.infer<typeof manifestSchema> = {
    bundle: createHash('sha256').update(code).digest('hex'),
    sources: Object.fromEntries(await Promise.all(entries)),
    node: process.version,
  };
  await mkdir(dir, { recursive: true });
  await writeFileAtomic(paths.bundle, code);
  await writeFileAtomic(paths.manifest, JSON.stringify(manifest));
  return paths.bundle;
};

const isGood = async (paths: { bundle: string; manifest: string }): Promise<boolean> => {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(paths.manifest, 'utf8')));
    if (manifest.node !== process.version) return false;
    const all = [[paths.bundle, manifest.bundle] as const, ...Object.entries(manifest.sources)];
    const same = await Promise.all(all.map(async ([path, sum]) => (await sha256OfFile(path)) === sum));
    return same.every(Boolean);
  } catch {
    return false;
  }
};
