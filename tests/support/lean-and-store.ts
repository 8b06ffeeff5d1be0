import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import { createPool } from '../../lean/pool/pool.ts';
import type { LeanService } from '../../lean/service.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { LEAN_CACHE } from './lean-cache.ts';

/** A real Lean with one slot and a store in a folder of its own; `close` ends the one and removes the other. */
export const leanAndStore = async (
  name: string,
): Promise<{ readonly lean: LeanService; readonly store: Store; close(): Promise<void> }> => {
  const dir = await mkdtemp(join(tmpdir(), `proofloop-${name}-`));
  const store = await openStore(join(dir, 'store.sqlite'));
  const lean = createPool({
    backend: createEmbeddedBackend({ cacheDir: LEAN_CACHE }),
    slots: 1,
    spare: false,
  });
  const close = async () => {
    await lean.close();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { lean, store, close };
};
