import { type RecordSource, TOUCH_MS } from '../record.ts';
import type { Database } from './database.ts';

export { parseRecord, TOUCH_MS } from '../record.ts';

/** What each table's module works with. */
export type StoreContext = RecordSource & {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly count: (what: 'hits' | 'misses') => void;
};

/** Notes that a row was used, so that it is not pruned while somebody needs it. */
export const touch = (
  ctx: StoreContext,
  table: string,
  keyColumn: string,
  key: string,
  usedAt: unknown,
): void => {
  const now = ctx.now();
  if (now - Number(usedAt) < TOUCH_MS) return;
  ctx.db.write(() => ctx.db.run(`UPDATE ${table} SET used_at = ? WHERE ${keyColumn} = ?`, now, key));
};
