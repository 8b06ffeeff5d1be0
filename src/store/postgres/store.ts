import { reportRow } from '../record.ts';
import type { Store, StoreOptions } from '../store.ts';
import type { StoreContext } from './context.ts';
import { loadTables } from './loads.ts';
import { openDatabase } from './open.ts';
import { predictorTable } from './predictors.ts';
import { pruneActions } from './prune.ts';
import { responseTable } from './responses.ts';
import { runTables } from './runs.ts';
import { countReads, readStats } from './stats.ts';
import { textTables } from './texts.ts';
import { trialTable } from './trials.ts';
import { verdictTables } from './verdicts.ts';

/** The store of several machines: a PostgreSQL database that any number of workers have open. */
export const openPostgresStore = async (address: string, options: StoreOptions = {}): Promise<Store> => {
  const { db, id } = await openDatabase(address);
  const { count, flush } = countReads(db);
  const ctx: StoreContext = {
    db,
    now: () => options.now?.() ?? null,
    report: options.report ?? reportRow,
    count,
  };
  return {
    id,
    kind: 'postgres',
    location: db.location,
    ...verdictTables(ctx),
    ...responseTable(ctx),
    ...textTables(ctx),
    ...runTables(ctx),
    ...trialTable(ctx),
    ...loadTables(ctx),
    ...predictorTable(ctx),
    ...pruneActions(ctx),
    stats: async () => {
      await flush();
      return readStats(db);
    },
    close: async () => {
      if (!db.isOpen) return;
      // The counts of the last looks are not worth a fault at the end.
      await flush().catch(() => {});
      await db.close();
    },
  };
};
