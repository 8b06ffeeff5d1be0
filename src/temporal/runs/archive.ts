import pLimit from 'p-limit';
import { childIdFor, turnOf } from '../../../workflows/names.ts';
import { type History, historyToJson } from '../history-json.ts';
import type { RunContext } from './context.ts';
import { headOf } from './records.ts';

/** Theorems of each run whose histories are kept; attempts and results of all of them are in the store anyway. */
const MOST = 500;
const AT_ONCE = 4;

/**
 * Keeps the finished histories of a run and its theorems as JSON in the store, because a server forgets them
 * after its retention time: each turn of a theorem, and the steps of its sketches. What cannot be read any more is
 * left out; returns how many are there.
 */
export const archiveRun = async (ctx: RunContext, runId: string): Promise<number> => {
  const { theoremIds } = await headOf(ctx.store, runId);
  const limit = pLimit(AT_ONCE);
  const own = await archive(ctx, runId);
  const kept = await Promise.all(
    theoremIds.slice(0, MOST).map((id) => limit(() => archiveTheorem(ctx, runId, id))),
  );
  return kept.reduce((sum, n) => sum + n, own === null ? 0 : 1);
};

const archiveTheorem = async (ctx: RunContext, runId: string, theoremId: string): Promise<number> => {
  const result = await ctx.store.getResult(runId, theoremId);
  const last = result === null ? 0 : turnOf(runId, theoremId, result.workflowId);
  let kept = 0;
  for (let again = 0; again <= last; again++) {
    const history = await archive(ctx, childIdFor(runId, theoremId, again));
    if (history === null) continue;
    kept += 1;
    for (const step of childrenOf(history)) kept += (await archive(ctx, step)) === null ? 0 : 1;
  }
  return kept;
};

/** Workflows that this one began: steps of a sketch. */
const childrenOf = ({ events }: History): readonly string[] =>
  (events ?? []).flatMap(({ startChildWorkflowExecutionInitiatedEventAttributes: begun }) =>
    begun?.workflowId ? [begun.workflowId] : [],
  );

const archive = async ({ client, store }: RunContext, workflowId: string): Promise<History | null> => {
  try {
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    await store.putHistory(workflowId, historyToJson(history));
    return history;
  } catch {
    return null;
  }
};
