import { sha256Of } from '../record.ts';
import type { Store } from '../store.ts';
import { type StoreContext, staleness, touch } from './context.ts';

type Texts = Pick<Store, 'putText' | 'getText' | 'putHistory' | 'getHistory'>;

/** Texts lie as bytes: they may hold what PostgreSQL's text refuses. */
export const textTables = (ctx: StoreContext): Texts => ({
  putText: async (text) => {
    const sha256 = sha256Of(text);
    await ctx.db.run(
      `INSERT INTO proofloop.texts VALUES ($1, $2, proofloop.clock($3))
       ON CONFLICT (sha256) DO UPDATE SET text = excluded.text, used_at = excluded.used_at`,
      sha256,
      Buffer.from(text, 'utf8'),
      ctx.now(),
    );
    return sha256;
  },
  getText: async (sha256) => {
    const sql = `SELECT text, ${staleness(2)} FROM proofloop.texts WHERE sha256 = $1`;
    const row = await ctx.db.get(sql, sha256, ctx.now());
    if (row === undefined) return null;
    const text = Buffer.from(row.text as Uint8Array).toString('utf8');
    if (sha256Of(text) !== sha256) {
      ctx.report(`The text ${sha256} in "${ctx.db.location}" was altered and counts as absent`);
      return null;
    }
    await touch(ctx, 'texts', 'sha256', sha256, row.stale);
    return text;
  },
  putHistory: async (workflowId, json) => {
    await ctx.db.run(
      `INSERT INTO proofloop.histories VALUES ($1, $2, proofloop.clock($3))
       ON CONFLICT (workflow_id) DO UPDATE SET json = excluded.json, at = excluded.at`,
      workflowId,
      json,
      ctx.now(),
    );
  },
  getHistory: async (workflowId) => {
    const sql = 'SELECT json FROM proofloop.histories WHERE workflow_id = $1';
    const json = (await ctx.db.get(sql, workflowId))?.json;
    return json === undefined ? null : String(json);
  },
});
