import type { Store } from '../src/store/store.ts';
import type { Prepared } from './request.ts';

/** Only to write; where somebody is at the same request, theirs is the answer that is shared. */
const LEASE_MS = 1_000;

/** Puts an answer of a run without the cache where other runs and replays look; an answer that is there stays. */
export const shareAnswer = async (
  store: Store,
  { key, sharedKey }: Pick<Prepared, 'key' | 'sharedKey'>,
  owner: string,
  value: string,
): Promise<void> => {
  if (key === sharedKey || (await store.hasResponse(sharedKey))) return;
  const lease = await store.leaseResponse(sharedKey, owner, LEASE_MS);
  if (lease.status === 'mine') await store.putResponse(sharedKey, owner, value);
};
