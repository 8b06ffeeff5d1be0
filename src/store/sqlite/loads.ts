import { loadSchema, runEventSchema } from '../../model/index.ts';
import type { Store } from '../store.ts';
import { parseRecord, type StoreContext } from './context.ts';

type Loads = Pick<Store, 'putEvent' | 'listEvents' | 'putLoad' | 'listLoads'>;

/** How busy workers were, and what was changed because of it. */
export const loadTables = (ctx: StoreContext): Loads => {
  const { db } = ctx;
  return {
    putEvent: async (runId, event) => {
      const { at, what, by } = event;
      db.write(() =>
        db.run('REPLACE INTO events VALUES (?, ?, ?, ?, ?)', ...[runId, at, what, by, JSON.stringify(event)]),
      );
    },
    listEvents: async (runId) =>
      db
        .all('SELECT record FROM events WHERE run_id = ? ORDER BY at, what, by', runId)
        .map((row) => parseRecord(ctx, runEventSchema, row.record, `An event of run ${runId}`))
        .filter((event) => event !== null),
    putLoad: async (load) => {
      db.write(() =>
        db.run('REPLACE INTO loads VALUES (?, ?, ?)', load.worker, load.at, JSON.stringify(load)),
      );
    },
    listLoads: async (from, to) =>
      db
        .all('SELECT worker, record FROM loads WHERE at > ? AND at <= ? ORDER BY at, worker', from, to)
        .map((row) => parseRecord(ctx, loadSchema, row.record, `A load of worker ${row.worker}`))
        .filter((load) => load !== null),
  };
};
