import { setImmediate as nextTurn } from 'node:timers/promises';
import { BEFORE_START_MS, OPEN_RUN } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

/** Rows removed in one transaction, so that other processes never wait long. */
const BATCH = 500;

/** Pages of 4 KiB given back in one transaction, for the same reason. */
const PAGES = 1000;

/**
 * What an open run needs is what was written or used since it started: each use is noted in `used_at`,
 * so everything at or after the earliest start of an open run stays.
 */
export const pruneActions = (ctx: StoreContext): Pick<Store, 'prune' | 'clear'> => {
  const { db, now } = ctx;

  const remove = async (table: string, where: string, ...values: (string | number)[]): Promise<number> => {
    let removed = 0;
    for (;;) {
      const n = db.write(() =>
        db.run(
          `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} LIMIT ${BATCH})`,
          ...values,
        ),
      );
      removed += n;
      if (n < BATCH) return removed;
      await nextTurn();
    }
  };

  const neededSince = (): number => {
    const start = db.scalar(`SELECT min(started_at) FROM runs WHERE ${OPEN_RUN}`);
    return start === null ? Number.MAX_SAFE_INTEGER : Number(start) - BEFORE_START_MS;
  };

  const removeCached = async (cutoff: number): Promise<number> =>
    (await remove('verdicts', 'used_at < ?', cutoff)) +
    (await remove('proofs', 'used_at < ?', cutoff)) +
    // A live lease means that somebody is paying for the answer right now.
    (await remove('responses', 'used_at < ? AND coalesce(lease_until, 0) <= ?', cutoff, now()));

  const removeRuns = async (before: number): Promise<number> =>
    (await remove('runs', `NOT ${OPEN_RUN} AND coalesce(ended_at, started_at) < ?`, before)) +
    (await remove('results', 'at < ? AND run_id NOT IN (SELECT run_id FROM runs)', before)) +
    (await remove('attempts', 'at < ? AND run_id NOT IN (SELECT run_id FROM runs)', before)) +
    (await remove('events', 'at < ? AND run_id NOT IN (SELECT run_id FROM runs)', before)) +
    (await remove('loads', 'at < ?', before)) +
    (await remove(
      'histories',
      `at < ? AND NOT EXISTS (SELECT 1 FROM runs WHERE
         substr(workflow_id, 1, length(run_id) + 1) IN (run_id, run_id || '/'))`,
      before,
    ));

  /** Attempts and stored answers name their large texts by `sha256`; a run the text
   * that it was started on by `source`, and what was expected of it by `predictions`. */
  const named = (table: string, column: string, key: string): string =>
    `SELECT j.value FROM ${table} t,
       json_tree(CASE WHEN json_valid(t.${column}) THEN t.${column} ELSE '{}' END) j
     WHERE j.key = '${key}' AND j.type = 'text'`;
  const inUse = [
    named('attempts', 'record', 'sha256'),
    named('responses', 'value', 'sha256'),
    named('runs', 'record', 'source'),
    named('runs', 'record', 'predictions'),
  ].join(' UNION ');

  const removeTexts = (cutoff: number): Promise<number> =>
    remove('texts', `used_at < ? AND sha256 NOT IN (${inUse})`, cutoff);

  /** Gives free pages back to the disk, some megabytes at a time. */
  const shrink = async (): Promise<void> => {
    const freePages = (): number => Number(db.scalar('PRAGMA freelist_count'));
    let before = Number.POSITIVE_INFINITY;
    for (let free = freePages(); free > 0 && free < before; free = freePages()) {
      before = free;
      db.exec(`PRAGMA incremental_vacuum(${PAGES})`);
      await nextTurn();
    }
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  };

  return {
    prune: async (before) => {
      const cutoff = Math.min(before, neededSince());
      const removed = (await removeCached(cutoff)) + (await removeRuns(before)) + (await removeTexts(cutoff));
      await shrink();
      return removed;
    },
    clear: async () => {
      const removed = await removeCached(neededSince());
      await shrink();
      return removed;
    },
  };
};
