import { trialCountSchema } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

export const trialTable = ({
  db,
  now,
}: StoreContext): Pick<Store, 'putTrial' | 'trialCounts' | 'forgetTrials'> => ({
  putTrial: async ({ runId, theoremId, n }, { variant, model, stage, category, difficulty, won }) => {
    db.write(() =>
      db.run(
        'REPLACE INTO trials VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        ...[runId, theoremId, n, variant, model, stage, category, difficulty, won ? 1 : 0, now()],
      ),
    );
  },
  trialCounts: async (except = null) =>
    db
      .all(
        `SELECT variant, model, stage, category, difficulty, count(*) AS trials, sum(won) AS wins FROM trials
         WHERE ?1 IS NULL OR run_id <> ?1
         GROUP BY variant, model, stage, category, difficulty
         ORDER BY model, stage, difficulty, category, variant`,
        except,
      )
      .map((row) => trialCountSchema.parse(row)),
  forgetTrials: async (model) =>
    db.write(() => db.run('DELETE FROM trials WHERE ?1 IS NULL OR model = ?1', model)),
});
