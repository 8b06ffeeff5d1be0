import { PREDICTORS_KEPT } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

type Predictors = Pick<Store, 'putPredictor' | 'latestPredictor' | 'listPredictors'>;

export const predictorTable = ({ db }: StoreContext): Predictors => ({
  putPredictor: (name, { at, json }) =>
    db.write(async (ask) => {
      // Of several that end a run at once each gets a version of its own.
      await ask('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', name);
      const { rows } = await ask(
        'SELECT coalesce(max(version), 0) + 1 AS next FROM proofloop.predictors WHERE name = $1',
        name,
      );
      const version = Number(rows[0]?.next);
      await ask('INSERT INTO proofloop.predictors VALUES ($1, $2, $3, $4)', name, version, at, json);
      await ask(
        'DELETE FROM proofloop.predictors WHERE name = $1 AND version <= $2',
        name,
        version - PREDICTORS_KEPT,
      );
      return version;
    }),
  latestPredictor: async (name) => {
    const row = await db.get(
      'SELECT version, at, json FROM proofloop.predictors WHERE name = $1 ORDER BY version DESC LIMIT 1',
      name,
    );
    if (row === undefined) return null;
    return { name, version: Number(row.version), at: Number(row.at), json: String(row.json) };
  },
  listPredictors: async () => {
    const rows = await db.all(
      'SELECT DISTINCT ON (name) name, version, at FROM proofloop.predictors ORDER BY name, version DESC',
    );
    return rows.map((row) => ({ name: String(row.name), version: Number(row.version), at: Number(row.at) }));
  },
});
