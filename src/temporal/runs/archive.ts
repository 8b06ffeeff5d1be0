import pLimit from 'p-limit';
import { childIdFor } from '../../../workflows/names.ts';
import { historyToJson } from '../history-json.ts';
import type { RunContext } from './context.ts';
import { headOf } from './records.ts';

/** Histories of theorems kept for each run; attempts and results of all of them are in the store anyway. */
const MOST = 500;
const AT_ONCE = 4;

/**
 * Keeps the finished histories of a run and its theorems as JSON in the store, because a server forgets them
 * after its retention time. What cannot be read any more is left out; returns how many are there.
 */
export const archiveRun = async (ctx: RunContext, runId: string): Promise<number> => {
  const { theoremIds } = await headOf(ctx.store, runId);
  const limit = pLimit(AT_ONCE);
  const ids = [runId, ...theoremIds.slice(0, MOST).map((id) => childIdFor(runId, id))];
  const kept = await Promise.all(ids.map((id) => limit(() => archive(ctx, id))));
  return kept.filter(Boolean).length;
};

const archive = async ({ client, store }: RunContext, workflowId: string): Promise<boolean> => {
  try {
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    await store.putHistory(workflowId, historyToJson(history));
    return true;
  } catch {
    return false;
  }
};
