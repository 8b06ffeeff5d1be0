import { loadSchema, runEventSchema } from '../../model/index.ts';
import { parseRecord } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

type Loads = Pick<Store, 'putEvent' | 'listEvents' | 'putLoad' | 'listLoads'>;

/** How busy workers were, and what was changed because of it. */
export const loadTables = (ctx: StoreContext): Loads => {
  const { db } = ctx;
  return {
    putEvent: async (runId, event) => {
      const { at, what, by } = event;
      await db.run(
        `INSERT INTO proofloop.events VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (run_id, at, what, by) DO UPDATE SET record = excluded.record`,
        ...[runId, at, what, by, JSON.stringify(event)],
      );
    },
    listEvents: async (runId) => {
      const sql = 'SELECT record FROM proofloop.events WHERE run_id = $1 ORDER BY at, what, by';
      return (await db.all(sql, runId))
        .map((row) => parseRecord(ctx, runEventSchema, row.record, `An event of run ${runId}`))
        .filter((event) => event !== null);
    },
    putLoad: async (load) => {
      await db.run(
        `INSERT INTO proofloop.loads VALUES ($1, $2, $3)
         ON CONFLICT (worker, at) DO UPDATE SET record = excluded.record`,
        ...[load.worker, load.at, JSON.stringify(load)],
      );
    },
    listLoads: async (from, to) => {
      const sql = 'SELECT worker, record FROM proofloop.loads WHERE at > $1 AND at <= $2 ORDER BY at, worker';
      return (await db.all(sql, from, to))
        .map((row) => parseRecord(ctx, loadSchema, row.record, `A load of worker ${row.worker}`))
        .filter((load) => load !== null);
    },
  };
};
