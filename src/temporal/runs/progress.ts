import { WorkflowNotFoundError } from '@temporalio/client';
import { runProgressQuery, theoremProgressQuery } from '../../../workflows/messages.ts';
import type { RunProgress, RunRecord, TheoremProgress, TheoremResult } from '../../model/index.ts';
import type { RunContext } from './context.ts';
import { recordOf } from './records.ts';

/** Milliseconds that a worker gets to answer a query. */
const ANSWER_MS = 5_000;

/**
 * Where a run stands: its workflow's answer, each theorem in flight asked for its own, and the store's results.
 * Without a worker that answers it is what the store knows. Throws RUN_NOT_FOUND.
 */
export const progressOf = async (ctx: RunContext, runId: string): Promise<RunProgress> => {
  const record = await recordOf(ctx.store, runId);
  const live = await ask(ctx, () => ctx.client.workflow.getHandle(runId).query(runProgressQuery));
  if (live === null) return fromRecord(record);
  const running = await Promise.all(
    live.running.map(async (theorem): Promise<TheoremProgress> => {
      const handle = ctx.client.workflow.getHandle(theorem.workflowId);
      return (await ask(ctx, () => handle.query(theoremProgressQuery))) ?? theorem;
    }),
  );
  const done = new Set(live.running.map((t) => t.theoremId));
  const results = merged(record, live.results).filter((r) => !done.has(r.theoremId));
  return { ...live, running: running.filter((t) => t.phase !== 'done'), results };
};

const ask = async <T>(ctx: RunContext, query: () => Promise<T>): Promise<T | null> => {
  try {
    return await ctx.connection.withDeadline(Date.now() + ANSWER_MS, query);
  } catch (error) {
    // No worker, a server that is just starting, an expired history: the store answers instead.
    if (error instanceof WorkflowNotFoundError || error instanceof Error) return null;
    throw error;
  }
};

/** The store's results are whole; the workflow's are of this execution for sure. Older ones of the same id are left out. */
const merged = (record: RunRecord, live: readonly TheoremResult[]): readonly TheoremResult[] => {
  const sure = new Map(live.map((r) => [r.theoremId, r]));
  const whole = resultsSinceStart(record);
  const known = new Set(whole.map((r) => r.theoremId));
  const order = new Map(record.theoremIds.map((id, i) => [id, i]));
  return [...whole, ...[...sure.values()].filter((r) => !known.has(r.theoremId))].sort(
    (a, b) => (order.get(a.theoremId) ?? 0) - (order.get(b.theoremId) ?? 0),
  );
};

const resultsSinceStart = (record: RunRecord): readonly TheoremResult[] =>
  record.endedAt === null ? record.results.filter((r) => r.endedAt >= record.startedAt) : record.results;

const fromRecord = (record: RunRecord): RunProgress => {
  const results = resultsSinceStart(record);
  return {
    runId: record.runId,
    label: record.label,
    state: record.state,
    total: record.theoremIds.length,
    running: [],
    results,
    limits: record.limits,
    spentUsd: results.reduce<number | null>(
      (sum, r) => (sum === null || r.ledger.costUsd === null ? null : sum + r.ledger.costUsd),
      0,
    ),
  };
};
