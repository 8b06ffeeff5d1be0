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

/** The store of one machine: an SQLite file in WAL mode that any number of processes may have open. */
export const openSqliteStore = async (path: string, options: StoreOptions = {}): Promise<Store> => {
  const db = await openDatabase(path);
  const { count, flush } = countReads(db);
  const ctx: StoreContext = {
    db,
    now: options.now ?? Date.now,
    report: options.report ?? reportRow,
    count,
  };
  return {
    id: String(db.scalar("SELECT value FROM meta WHERE name = 'id'")),
    kind: 'sqlite',
    location: path,
    ...verdictTables(ctx),
    ...responseTable(ctx),
    ...textTables(ctx),
    ...runTables(ctx),
    ...trialTable(ctx),
    ...loadTables(ctx),
    ...predictorTable(ctx),
    ...pruneActions(ctx),
    stats: async () => {
      flush();
      return readStats(db);
    },
    close: async () => {
      if (!db.isOpen) return;
      flush();
      db.close();
    },
  };
};
