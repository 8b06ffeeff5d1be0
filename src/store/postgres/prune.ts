import { BEFORE_START_MS, OPEN_RUN } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';
import type { Value } from './database.ts';

/** Rows removed in one transaction, so that others never wait long. */
const BATCH = 500;

const RUNS = 'SELECT run_id FROM proofloop.runs';

/** What an open run needs is what was written or used since it started; see the SQLite store's. */
export const pruneActions = ({ db, now }: StoreContext): Pick<Store, 'prune' | 'clear'> => {
  /** A row that is used between the look and its removal has moved, and stays. */
  const remove = async (table: string, where: string, ...values: Value[]): Promise<number> => {
    const sql = `DELETE FROM proofloop.${table} WHERE ctid = ANY (ARRAY (
      SELECT ctid FROM proofloop.${table} WHERE ${where} LIMIT ${BATCH}))`;
    for (let removed = 0; ; ) {
      const n = await db.run(sql, ...values);
      removed += n;
      if (n === 0) return removed;
    }
  };

  const neededSince = async (): Promise<number> => {
    const row = await db.get(`SELECT min(started_at) AS start FROM proofloop.runs WHERE ${OPEN_RUN}`);
    return row?.start == null ? Number.MAX_SAFE_INTEGER : Number(row.start) - BEFORE_START_MS;
  };

  const removeCached = async (cutoff: number): Promise<number> =>
    (await remove('verdicts', 'used_at < $1', cutoff)) +
    (await remove('proofs', 'used_at < $1', cutoff)) +
    // A live lease means that somebody is paying for the answer right now.
    (await remove(
      'responses',
      'used_at < $1 AND coalesce(lease_until, 0) <= proofloop.clock($2)',
      cutoff,
      now(),
    ));

  const removeRuns = async (before: number): Promise<number> => {
    const removed =
      (await remove('runs', `NOT ${OPEN_RUN} AND coalesce(ended_at, started_at) < $1`, before)) +
      (await remove('results', `at < $1 AND run_id NOT IN (${RUNS})`, before)) +
      (await remove('attempts', `at < $1 AND run_id NOT IN (${RUNS})`, before)) +
      (await remove('events', `at < $1 AND run_id NOT IN (${RUNS})`, before)) +
      (await remove('loads', 'at < $1', before)) +
      (await remove(
        'histories',
        `at < $1 AND NOT EXISTS (SELECT 1 FROM proofloop.runs WHERE
           substr(workflow_id, 1, length(run_id) + 1) IN (run_id, run_id || '/'))`,
        before,
      ));
    await remove(
      'written',
      `run_id NOT IN (${RUNS}) AND run_id NOT IN (SELECT run_id FROM proofloop.results)`,
    );
    return removed;
  };

  const inUse = ['attempts', 'responses', 'runs']
    .map((table) => `SELECT unnest(refs) FROM proofloop.${table}`)
    .join(' UNION ');

  return {
    prune: async (before) => {
      const cutoff = Math.min(before, await neededSince());
      return (
        (await removeCached(cutoff)) +
        (await removeRuns(before)) +
        (await remove('texts', `used_at < $1 AND sha256 NOT IN (${inUse})`, cutoff))
      );
    },
    clear: async () => removeCached(await neededSince()),
  };
};
