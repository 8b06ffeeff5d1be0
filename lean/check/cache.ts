import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';

const KEPT = 8;

/** `kept`: the environments that `value` is borrowed from; a reference to each is kept as long as the entry is. */
export type Entry<T> = { readonly value: T; readonly kept: readonly Obj[] };

/** Per instance: what was made of the last trusted texts, so that attempts at one theorem do not make it again. */
export function createCache<T>() {
  const caches = new WeakMap<LeanRuntime, Map<string, Entry<T>>>();
  return (lean: LeanRuntime, key: string, make: () => Entry<T>): T => {
    const cache = caches.get(lean) ?? new Map<string, Entry<T>>();
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
    return entry.value;
  };
}
