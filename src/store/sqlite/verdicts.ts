import type { z } from 'zod';
import { type Verdict, verdictSchema } from '../../model/index.ts';
import { storedProofSchema } from '../record.ts';
import type { Store, StoredProof } from '../store.ts';
import { parseRecord, type StoreContext, touch } from './context.ts';

type Verdicts = Pick<Store, 'getVerdict' | 'putVerdict' | 'getProof' | 'putProof'>;

export const verdictTables = (ctx: StoreContext): Verdicts => {
  const get = <T>(table: 'verdicts' | 'proofs', key: string, schema: z.ZodType<T>): T | null => {
    const row = ctx.db.get(`SELECT record, used_at FROM ${table} WHERE key = ?`, key);
    const value = row && parseRecord(ctx, schema, row.record, `The row ${key} of ${table}`);
    ctx.count(value == null ? 'misses' : 'hits');
    if (row === undefined || value == null) return null;
    touch(ctx, table, 'key', key, row.used_at);
    return value;
  };
  const put = (table: 'verdicts' | 'proofs', key: string, value: unknown): void => {
    ctx.db.write(() =>
      ctx.db.run(`REPLACE INTO ${table} VALUES (?, ?, ?)`, key, JSON.stringify(value), ctx.now()),
    );
  };
  return {
    getVerdict: async (key) => get<Verdict>('verdicts', key, verdictSchema),
    putVerdict: async (key, verdict) => put('verdicts', key, verdict),
    getProof: async (key) => get<StoredProof>('proofs', key, storedProofSchema),
    putProof: async (key, proof) => put('proofs', key, proof),
  };
};
