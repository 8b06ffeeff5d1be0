import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import type { Stated } from './challenge.ts';

const KEPT = 8;

/** `kept`: the environments that `stated` is borrowed from. */
export type Entry = { readonly stated: Stated; readonly kept: readonly Obj[] };

/** Per instance: what its last challenges state, so that attempts at one theorem do not elaborate it again. */
const caches = new WeakMap<LeanRuntime, Map<string, Entry>>();

/** References to what `make` borrows from are kept as long as the entry is; the least recently used entry goes first. */
export function cachedStated(lean: LeanRuntime, key: string, make: () => Entry): Stated {
  const cache = caches.get(lean) ?? new Map<string, Entry>();
  caches.set(lean, cache);
  const found = cache.get(key);
  const entry = found ?? make();
  if (found) cache.delete(key);
  else for (const environment of entry.kept) lean.inc(environment);
  cache.set(key, entry);
  const [oldest] = cache;
  if (cache.size > KEPT && oldest) {
    cache.delete(oldest[0]);
    for (const environment of oldest[1].kept) lean.dec(environment);
  }
  return entry.stated;
}
