import { resolve } from 'node:path';
import { openSqliteStore, type StoreOptions } from './sqlite/store.ts';
import type { Store } from './store.ts';

export * from './keys.ts';
export type { StoreOptions } from './sqlite/store.ts';
export type * from './store.ts';

/** Opens the store at `path`, making it if it is not there. Throws ProofloopError STORE_UNUSABLE. */
export const openStore = (path: string, options: StoreOptions = {}): Promise<Store> =>
  openSqliteStore(resolve(path), options);
