import type { Lease, Store } from '../store.ts';
import { type StoreContext, touch } from './context.ts';

type Responses = Pick<
  Store,
  'leaseResponse' | 'hasResponse' | 'extendLease' | 'putResponse' | 'releaseLease'
>;

export const responseTable = (ctx: StoreContext): Responses => {
  const { db, now } = ctx;
  const find = (key: string) =>
    db.get('SELECT value, owner, lease_until, used_at FROM responses WHERE key = ?', key);

  const lease = (key: string, owner: string, ttlMs: number): Lease =>
    db.write((): Lease => {
      const row = find(key);
      if (typeof row?.value === 'string') return { status: 'ready', value: row.value };
      const until = Number(row?.lease_until ?? 0);
      if (row !== undefined && row.owner !== owner && until > now()) return { status: 'busy', until };
      db.run('REPLACE INTO responses VALUES (?, NULL, ?, ?, ?)', key, owner, now() + ttlMs, now());
      return { status: 'mine' };
    });

  return {
    leaseResponse: async (key, owner, ttlMs) => {
      const row = find(key);
      if (typeof row?.value === 'string') {
        touch(ctx, 'responses', 'key', key, row.used_at);
        ctx.count('hits');
        return { status: 'ready', value: row.value };
      }
      const answer = lease(key, owner, ttlMs);
      if (answer.status !== 'busy') ctx.count(answer.status === 'ready' ? 'hits' : 'misses');
      return answer;
    },
    hasResponse: async (key) => typeof find(key)?.value === 'string',
    extendLease: async (key, owner, ttlMs) =>
      db.write(
        () =>
          db.run(
            'UPDATE responses SET lease_until = ? WHERE key = ? AND owner = ? AND value IS NULL',
            now() + ttlMs,
            key,
            owner,
          ) > 0,
      ),
    // An answer that was paid for is kept even if its lease ran out and went to somebody else meanwhile.
    putResponse: async (key, _owner, value) => {
      db.write(
        () =>
          db.run(
            `INSERT INTO responses VALUES (?, ?, NULL, NULL, ?) ON CONFLICT (key) DO UPDATE
             SET value = excluded.value, owner = NULL, lease_until = NULL, used_at = excluded.used_at
             WHERE value IS NULL`,
            key,
            value,
            now(),
          ),
        { durable: true },
      );
    },
    releaseLease: async (key, owner) => {
      db.write(() =>
        db.run('DELETE FROM responses WHERE key = ? AND owner = ? AND value IS NULL', key, owner),
      );
    },
  };
};
