import { sha256Of } from '../record.ts';
import type { Store } from '../store.ts';
import { type StoreContext, touch } from './context.ts';

type Texts = Pick<Store, 'putText' | 'getText' | 'putHistory' | 'getHistory'>;

export const textTables = (ctx: StoreContext): Texts => ({
  putText: async (text) => {
    const sha256 = sha256Of(text);
    ctx.db.write(() => ctx.db.run('REPLACE INTO texts VALUES (?, ?, ?)', sha256, text, ctx.now()));
    return sha256;
  },
  getText: async (sha256) => {
    const row = ctx.db.get('SELECT text, used_at FROM texts WHERE sha256 = ?', sha256);
    if (row === undefined) return null;
    const text = String(row.text);
    if (sha256Of(text) !== sha256) {
      ctx.report(`The text ${sha256} in "${ctx.db.location}" was altered and counts as absent`);
      return null;
    }
    touch(ctx, 'texts', 'sha256', sha256, row.used_at);
    return text;
  },
  putHistory: async (workflowId, json) => {
    ctx.db.write(() => ctx.db.run('REPLACE INTO histories VALUES (?, ?, ?)', workflowId, json, ctx.now()));
  },
  getHistory: async (workflowId) => {
    const json = ctx.db.get('SELECT json FROM histories WHERE workflow_id = ?', workflowId)?.json;
    return json === undefined ? null : String(json);
  },
});
