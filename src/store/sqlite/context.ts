import type { z } from 'zod';
import type { Database } from './database.ts';

/** What each table's module works with. */
export type StoreContext = {
  readonly db: Database;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of each row that cannot be read; such a row counts as absent. */
  readonly report: (message: string) => void;
  readonly count: (what: 'hits' | 'misses') => void;
};

/** Reads a record written as JSON; null (and a report) if it is damaged or of a form that is no longer known. */
export const parseRecord = <T>(
  { db, report }: StoreContext,
  schema: z.ZodType<T>,
  record: unknown,
  what: string,
): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(String(record)));
    if (parsed.success) return parsed.data;
    report(
      `${what} in "${db.location}" is not readable and counts as absent: ${parsed.error.issues[0]?.message}`,
    );
  } catch (e) {
    report(`${what} in "${db.location}" is not readable and counts as absent: ${(e as Error).message}`);
  }
  return null;
};

/** A row's last use is written at most once in this many milliseconds. */
export const TOUCH_MS = 60_000;

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
