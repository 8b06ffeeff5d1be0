import type { RecordSource } from '../record.ts';
import { TOUCH_MS } from '../record.ts';
import type { Database } from './database.ts';

/** What each table's module works with. */
export type StoreContext = RecordSource & {
  readonly db: Database;
  /** Milliseconds since the epoch where a test sets the clock; null = the server's clock. */
  readonly now: () => number | null;
  readonly count: (what: 'hits' | 'misses') => void;
};

/**
 * Notes that a row was used, so that it is not pruned while somebody needs it. `stale` comes with the row that
 * was read: `staleness(2)` is its column.
 */
export const touch = async (
  { db, now }: StoreContext,
  table: string,
  keyColumn: string,
  key: string,
  stale: unknown,
): Promise<void> => {
  if (stale !== true) return;
  await db.run(
    `UPDATE proofloop.${table} SET used_at = proofloop.clock($2) WHERE ${keyColumn} = $1`,
    key,
    now(),
  );
};

/** The column that says whether the last use is to be written again; the clock is parameter `n`. */
export const staleness = (n: number): string => `proofloop.clock($${n}) - used_at >= ${TOUCH_MS} AS stale`;
