import type { z } from 'zod';
import { type Verdict, verdictSchema } from '../../model/index.ts';
import { parseRecord, storedProofSchema } from '../record.ts';
import type { Store, StoredProof } from '../store.ts';
import { type StoreContext, staleness, touch } from './context.ts';

type Verdicts = Pick<Store, 'getVerdict' | 'putVerdict' | 'getProof' | 'putProof'>;

export const verdictTables = (ctx: StoreContext): Verdicts => {
  const get = async <T>(
    table: 'verdicts' | 'proofs',
    key: string,
    schema: z.ZodType<T>,
  ): Promise<T | null> => {
    const sql = `SELECT record, ${staleness(2)} FROM proofloop.${table} WHERE key = $1`;
    const row = await ctx.db.get(sql, key, ctx.now());
    const value = row && parseRecord(ctx, schema, row.record, `The row ${key} of ${table}`);
    ctx.count(value == null ? 'misses' : 'hits');
    if (row === undefined || value == null) return null;
    await touch(ctx, table, 'key', key, row.stale);
    return value;
  };
  const put = async (table: 'verdicts' | 'proofs', key: string, value: unknown): Promise<void> => {
    await ctx.db.run(
      `INSERT INTO proofloop.${table} VALUES ($1, $2, proofloop.clock($3))
       ON CONFLICT (key) DO UPDATE SET record = excluded.record, used_at = excluded.used_at`,
      key,
      JSON.stringify(value),
      ctx.now(),
    );
  };
  return {
    getVerdict: (key) => get<Verdict>('verdicts', key, verdictSchema),
    putVerdict: (key, verdict) => put('verdicts', key, verdict),
    getProof: (key) => get<StoredProof>('proofs', key, storedProofSchema),
    putProof: (key, proof) => put('proofs', key, proof),
  };
};
