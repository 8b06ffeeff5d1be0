import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs of the host: one plain JavaScript module each, in a folder that holds nothing else. */
export type HostCode = {
  readonly folder: string;
  /** The host process. */
  readonly main: string;
  /** The process that makes snapshots and compiled code (prepare/snapshots.ts). */
  readonly maker: string;
  /** Hash over what decides how snapshots are made. */
  readonly makerHash: string;
};

/** In the published package the build has made it (scripts/build.ts); a checkout makes it when it is first needed. */
const BUILT = fileURLToPath(new URL('./bundle/', import.meta.url));

/** Throws LEAN_ASSET_INVALID when a checkout cannot make it. `cacheDir`: where a checkout keeps it. */
export async function hostCode(cacheDir: string): Promise<HostCode> {
  const folder = import.meta.url.endsWith('.ts')
    ? await (await import('./bundle.ts')).bundledFor(cacheDir)
    : BUILT;
  return {
    folder,
    main: join(folder, 'main.mjs'),
    maker: join(folder, 'maker.mjs'),
    makerHash: createHash('sha256')
      .update(readFileSync(join(folder, 'snapshot-worker.mjs')))
      .digest('hex'),
  };
}
