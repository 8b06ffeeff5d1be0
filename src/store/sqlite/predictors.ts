import { PREDICTORS_KEPT } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

type Predictors = Pick<Store, 'putPredictor' | 'latestPredictor' | 'listPredictors'>;

export const predictorTable = ({ db }: StoreContext): Predictors => {
  const latest = (name: string): number =>
    Number(db.scalar('SELECT max(version) FROM predictors WHERE name = ?', name) ?? 0);

  return {
    putPredictor: async (name, { at, json }) =>
      db.write(() => {
        const version = latest(name) + 1;
        db.run('INSERT INTO predictors VALUES (?, ?, ?, ?)', name, version, at, json);
        db.run('DELETE FROM predictors WHERE name = ? AND version <= ?', name, version - PREDICTORS_KEPT);
        return version;
      }),
    latestPredictor: async (name) => {
      const row = db.get(
        'SELECT version, at, json FROM predictors WHERE name = ? ORDER BY version DESC LIMIT 1',
        name,
      );
      if (row === undefined) return null;
      return { name, version: Number(row.version), at: Number(row.at), json: String(row.json) };
    },
    listPredictors: async () =>
      db
        .all(
          `SELECT name, version, at FROM predictors p
           WHERE version = (SELECT max(version) FROM predictors WHERE name = p.name) ORDER BY name`,
        )
        .map((row) => ({ name: String(row.name), version: Number(row.version), at: Number(row.at) })),
  };
};
