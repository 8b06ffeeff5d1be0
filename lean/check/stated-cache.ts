import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import type { Stated } from './challenge.ts';

const KEPT = 8;

type Entry = { readonly stated: Stated; readonly kernel: Obj | null };

/** Per instance: what its last challenges state, so that attempts at one theorem do not elaborate it again. */
const caches = new WeakMap<LeanRuntime, Map<string, Entry>>();

/**
 * `make` gives, besides what is stated, the kernel environment that it is borrowed from; one reference to it is
 * kept as long as the entry is. The least recently used entry goes first.
 */
export function cachedStated(
  lean: LeanRuntime,
  key: string,
  make: () => { stated: Stated; kernel: Obj | null },
): Stated {
  const cache = caches.get(lean) ?? new Map<string, Entry>();
  caches.set(lean, cache);
  const found = cache.get(key);
  const entry = found ?? make();
  if (found) cache.delete(key);
  else if (entry.kernel !== null) lean.inc(entry.kernel);
  cache.set(key, entry);
  const [oldest] = cache;
  if (cache.size > KEPT && oldest) {
    cache.delete(oldest[0]);
    if (oldest[1].kernel !== null) lean.dec(oldest[1].kernel);
  }
  return entry.stated;
}
