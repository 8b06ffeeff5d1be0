import type { Lease, Store } from '../store.ts';
import { type StoreContext, staleness, touch } from './context.ts';
import { textsNamedIn } from './refs.ts';

type Responses = Pick<
  Store,
  'leaseResponse' | 'hasResponse' | 'extendLease' | 'putResponse' | 'releaseLease'
>;

const FIND = `SELECT value, lease_until, ${staleness(2)} FROM proofloop.responses WHERE key = $1`;

/** One statement, so that of any number of machines one gets it. */
const TAKE = `
  INSERT INTO proofloop.responses AS r (key, owner, lease_until, used_at)
  VALUES ($1, $2, proofloop.clock($4) + $3::bigint, proofloop.clock($4))
  ON CONFLICT (key) DO UPDATE
  SET owner = excluded.owner, lease_until = excluded.lease_until, used_at = excluded.used_at
  WHERE r.value IS NULL AND (r.owner = excluded.owner OR coalesce(r.lease_until, 0) <= proofloop.clock($4))`;

export const responseTable = (ctx: StoreContext): Responses => {
  const { db, now } = ctx;

  const ready = async (key: string): Promise<Lease | null> => {
    const row = await db.get(FIND, key, now());
    if (row?.value instanceof Uint8Array) {
      await touch(ctx, 'responses', 'key', key, row.stale);
      ctx.count('hits');
      return { status: 'ready', value: Buffer.from(row.value).toString('utf8') };
    }
    return row === undefined ? null : { status: 'busy', until: Number(row.lease_until ?? 0) };
  };

  const lease = async (key: string, owner: string, ttlMs: number): Promise<Lease> => {
    for (;;) {
      if ((await db.run(TAKE, key, owner, ttlMs, now())) > 0) {
        ctx.count('misses');
        return { status: 'mine' };
      }
      const other = await ready(key);
      // Given back between the two looks: it is free again.
      if (other !== null) return other;
    }
  };

  return {
    leaseResponse: async (key, owner, ttlMs) => {
      const known = await ready(key);
      return known?.status === 'ready' ? known : lease(key, owner, ttlMs);
    },
    hasResponse: async (key) =>
      (await db.get('SELECT 1 FROM proofloop.responses WHERE key = $1 AND value IS NOT NULL', key)) !==
      undefined,
    extendLease: async (key, owner, ttlMs) =>
      (await db.run(
        `UPDATE proofloop.responses SET lease_until = proofloop.clock($4) + $3::bigint
         WHERE key = $1 AND owner = $2 AND value IS NULL`,
        key,
        owner,
        ttlMs,
        now(),
      )) > 0,
    // An answer that was paid for is kept even if its lease ran out and went to somebody else meanwhile.
    putResponse: async (key, _owner, value) => {
      await db.run(
        `INSERT INTO proofloop.responses AS r (key, value, refs, used_at) VALUES ($1, $2, $3, proofloop.clock($4))
         ON CONFLICT (key) DO UPDATE
         SET value = excluded.value, refs = excluded.refs, owner = NULL, lease_until = NULL,
             used_at = excluded.used_at
         WHERE r.value IS NULL`,
        key,
        Buffer.from(value, 'utf8'),
        textsNamedIn(value),
        now(),
      );
    },
    releaseLease: async (key, owner) => {
      await db.run(
        'DELETE FROM proofloop.responses WHERE key = $1 AND owner = $2 AND value IS NULL',
        key,
        owner,
      );
    },
  };
};
