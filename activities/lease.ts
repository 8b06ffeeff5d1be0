import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/store/store.ts';

/** A lease outlives its holder by at most this, in milliseconds; a living holder extends it in time. */
const LEASE_MS = 15_000;
const EXTEND_MS = 4_000;
const LOOK_MS = 250;

/**
 * The value under `key`, made at most once at a time: taken from the store if it is there, awaited if another
 * owner is making it, else made here and stored before it is returned. A failure or a cancellation gives the
 * lease back. `made` is true if it was made by this call.
 */
export const once = async (call: {
  readonly store: Store;
  readonly key: string;
  readonly owner: string;
  readonly signal: AbortSignal;
  readonly make: () => Promise<string>;
}): Promise<{ readonly value: string; readonly made: boolean }> => {
  const { store, key, owner, signal, make } = call;
  for (;;) {
    signal.throwIfAborted();
    const lease = await store.leaseResponse(key, owner, LEASE_MS);
    if (lease.status === 'ready') return { value: lease.value, made: false };
    if (lease.status === 'mine') break;
    await sleep(LOOK_MS, undefined, { signal });
  }
  const extend = setInterval(() => {
    // A store that is busy for a moment: the next beat comes before the lease ends.
    store.extendLease(key, owner, LEASE_MS).catch(() => {});
  }, EXTEND_MS);
  try {
    const value = await make();
    await store.putResponse(key, owner, value);
    return { value, made: true };
  } catch (error) {
    await store.releaseLease(key, owner);
    throw error;
  } finally {
    clearInterval(extend);
  }
};
