import { resolve } from 'node:path';
import { isPostgres } from './place.ts';
import { openSqliteStore } from './sqlite/store.ts';
import type { Store, StoreOptions } from './store.ts';

export * from './keys.ts';
export { isPostgres, shownPlace } from './place.ts';
export type * from './store.ts';

/**
 * Opens the store at `place`, making it if it is not there: a PostgreSQL database by its address, or an SQLite file.
 * Throws ProofloopError STORE_UNUSABLE.
 */
export const openStore = async (place: string, options: StoreOptions = {}): Promise<Store> => {
  if (!isPostgres(place)) return openSqliteStore(resolve(place), options);
  // Only who uses it loads it.
  const { openPostgresStore } = await import('./postgres/store.ts');
  return openPostgresStore(place, options);
};
