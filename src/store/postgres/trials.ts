import { trialCountSchema } from '../record.ts';
import type { Store } from '../store.ts';
import type { StoreContext } from './context.ts';

export const trialTable = ({
  db,
  now,
}: StoreContext): Pick<Store, 'putTrial' | 'trialCounts' | 'forgetTrials'> => ({
  putTrial: async ({ runId, theoremId, n }, { variant, model, stage, category, difficulty, won }) => {
    await db.run(
      `INSERT INTO proofloop.trials VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, proofloop.clock($10))
       ON CONFLICT (run_id, theorem_id, n) DO UPDATE SET variant = excluded.variant, model = excluded.model,
         stage = excluded.stage, category = excluded.category, difficulty = excluded.difficulty,
         won = excluded.won, at = excluded.at`,
      ...[runId, theoremId, n, variant, model, stage, category, difficulty, won, now()],
    );
  },
  trialCounts: async (except = null) => {
    const rows = await db.all(
      `SELECT variant, model, stage, category, difficulty, count(*) AS trials,
         count(*) FILTER (WHERE won) AS wins
       FROM proofloop.trials WHERE $1::text IS NULL OR run_id <> $1 GROUP BY variant, model, stage, category, difficulty
       ORDER BY model, stage, difficulty, category, variant`,
      except,
    );
    return rows.map((row) => trialCountSchema.parse(row));
  },
  forgetTrials: (model) => db.run('DELETE FROM proofloop.trials WHERE $1::text IS NULL OR model = $1', model),
});
