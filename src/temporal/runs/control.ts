import { type UpdateDefinition, WorkflowNotFoundError } from '@temporalio/client';
import { pauseUpdate, resumeUpdate, setBudgetUpdate, setLimitsUpdate } from '../../../workflows/messages.ts';
import { childIdFor } from '../../../workflows/names.ts';
import type { Budget, RunLimits, RunRecord } from '../../model/index.ts';
import type { RunContext } from './context.ts';
import { because, putEvents } from './events.ts';
import { toFault } from './faults.ts';
import { changeRecord } from './records.ts';

/** Milliseconds that a worker gets to answer an update; one that is not there never answers. */
const ANSWER_MS = 20_000;

const update = async <R, A extends unknown[]>(
  ctx: RunContext,
  workflowId: string,
  definition: UpdateDefinition<R, A>,
  args: A,
): Promise<R> => {
  try {
    const handle = ctx.client.workflow.getHandle(workflowId);
    // By name: the method's overloads tell empty from other argument lists, which a generic one is neither of.
    return await ctx.connection.withDeadline(Date.now() + ANSWER_MS, () =>
      handle.executeUpdate<R, [unknown, ...unknown[]]>(definition.name, { args: args as never }),
    );
  } catch (error) {
    throw toFault(error, `'${workflowId}'`);
  }
};

/** New work of the run waits until `resumeRun`; what is under way ends. Idempotent. */
export const pauseRun = async (ctx: RunContext, runId: string, why = because('pause')): Promise<void> => {
  await update(ctx, runId, pauseUpdate, []);
  await changeRecord(ctx.store, runId, { state: 'paused' }, why);
};

export const resumeRun = async (ctx: RunContext, runId: string, why = because('resume')): Promise<void> => {
  await update(ctx, runId, resumeUpdate, []);
  await changeRecord(ctx.store, runId, { state: 'running' }, why);
};

/** The budget of every theorem of the run, those in flight included. Refused values: USAGE. */
export const setRunBudget = async (
  ctx: RunContext,
  runId: string,
  patch: Partial<Budget>,
  why = because('set'),
): Promise<Budget> => {
  const budget = await update(ctx, runId, setBudgetUpdate, [patch]);
  const record = await ctx.store.getRunHead(runId);
  if (record !== null) await changeRecord(ctx.store, runId, { plan: { ...record.plan, budget } }, why);
  return budget;
};

/** Lanes and money of the whole run. Refused values: USAGE. */
export const setRunLimits = async (
  ctx: RunContext,
  runId: string,
  patch: Partial<RunLimits>,
  why = because('set'),
): Promise<RunLimits> => {
  const limits = await update(ctx, runId, setLimitsUpdate, [patch]);
  const record = await ctx.store.getRunHead(runId);
  await changeRecord(ctx.store, runId, { limits });
  if (record === null) return limits;
  // Of the rest the run may know better than the record: tuned lanes are what they are by now.
  const asked = { ...record.limits, ...patch, autoLanes: limits.autoLanes ?? null };
  const lanes = await lanesOf(ctx, record);
  const before = { ...record, limits: { ...record.limits, lanes } };
  const after = { ...record, limits: { ...asked, lanes: patch.lanes ?? lanes } };
  await putEvents(ctx.store, before, after, why);
  return limits;
};

/** As they are by now, where they are tuned. */
const lanesOf = async ({ store }: RunContext, { runId, startedAt, limits }: RunRecord): Promise<number> => {
  const events = await store.listEvents(runId);
  const last = events.findLast((e) => e.what === 'lanes' && e.at >= startedAt);
  return last?.what === 'lanes' ? last.to : limits.lanes;
};

/** The budget of one theorem in flight. */
export const setTheoremBudget = (
  ctx: RunContext,
  runId: string,
  theoremId: string,
  patch: Partial<Budget>,
): Promise<Budget> => update(ctx, childIdFor(runId, theoremId), setBudgetUpdate, [patch]);

/** Asks the run to end; what its theorems have reached is recorded. `waitForRun` sees the end. */
export const cancelRun = async (ctx: RunContext, runId: string, why = because('cancel')): Promise<void> => {
  const before = await ctx.store.getRunHead(runId);
  // The record itself is changed by the workflow, when its theorems have ended; without this event it writes its own.
  if (before !== null) await putEvents(ctx.store, before, { ...before, state: 'cancelled' }, why);
  try {
    await ctx.client.workflow.getHandle(runId).cancel();
  } catch (error) {
    throw toFault(error, `'${runId}'`);
  }
};

/**
 * Ends a run and its theorems at once, where no worker is left that could cancel them in order; the record says cancelled.
 * The run goes first, so that it starts nothing new. A theorem that is missed ends by itself.
 */
export const terminateRun = async (ctx: RunContext, runId: string, why: string): Promise<void> => {
  const { client, store } = ctx;
  const terminate = (id: string) => client.workflow.getHandle(id).terminate(why);
  await terminate(runId);
  await changeRecord(store, runId, { state: 'cancelled', endedAt: Date.now() }, because(why));
  const query = `ParentWorkflowId = ${JSON.stringify(runId)} AND ExecutionStatus = 'Running'`;
  const ends: Promise<unknown>[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) ends.push(terminate(workflowId));
  await Promise.allSettled(ends);
};

/** `absent`: the server has no history of it (any more). */
export type LiveState = 'running' | 'closed' | 'absent';

/** What the Temporal server says of a run or a theorem. */
export const liveState = async (ctx: Pick<RunContext, 'client'>, workflowId: string): Promise<LiveState> => {
  try {
    const { status } = await ctx.client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW' ? 'running' : 'closed';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'absent';
    throw toFault(error, `'${workflowId}'`);
  }
};
