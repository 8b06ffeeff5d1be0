import {
  CancellationScope,
  ChildWorkflowCancellationType,
  type ChildWorkflowOptions,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { ProveTheoremInput, Theorem, TheoremResult } from '../../src/model/index.ts';
import { theoremAttributes } from '../attributes.ts';
import { boughtOf } from '../budget/child.ts';
import { mainCalls } from '../calls.ts';
import { endsRun, faultOf } from '../failure.ts';
import { runChangeSignal } from '../messages.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../names.ts';
import { resultSummary } from '../summaries.ts';
import { cut, oneLine } from '../text.ts';
import { EMPTY_LEDGER } from '../theorem/ledger.ts';
import type { InFlight, RunState } from './state.ts';

type Prove = (input: ProveTheoremInput) => Promise<TheoremResult>;

/** How the workflow of a theorem is started, whatever becomes of its run. */
export const childOptions = (
  workflowId: string,
  input: ProveTheoremInput,
): ChildWorkflowOptions & { readonly args: [ProveTheoremInput] } => {
  const { theorem } = input;
  const attributes = theoremAttributes(theorem);
  return {
    workflowId,
    args: [input],
    taskQueue: QUEUES.main,
    staticSummary: oneLine(`${theorem.name}: ${theorem.statement}`),
    staticDetails: cut(`${theorem.informal ?? ''}\n\n\`\`\`lean\n${theorem.statement}\n\`\`\``, 16_000),
    ...(attributes !== undefined && { typedSearchAttributes: attributes }),
  };
};

/** A theorem at work as the run reaches it: by its workflow's id, whoever started it. */
export const inFlight = ({ id, name }: Pick<Theorem, 'id' | 'name'>, workflowId: string): InFlight => ({
  theorem: { id, name },
  workflowId,
  tell: (change) => getExternalWorkflowHandle(workflowId).signal(runChangeSignal, change),
});

/**
 * Proves one theorem in a child workflow that ends with the run, and accounts for it. A theorem whose workflow failed is a
 * result with outcome `error`; only cancellation of the run and faults of the worker are thrown.
 */
export const proveInChild = async (state: RunState, theorem: Theorem): Promise<TheoremResult> => {
  const { runId, guard, suite } = state.basis;
  const workflowId = childIdFor(runId, theorem.id);
  const startedAt = Date.now();
  const { plan } = state;
  const allowance = state.funds.setAside(theorem.id, plan.budget, state.limits, 1);
  // A theorem without a result has cost nobody knows how much; it may have been all of its allowance.
  let bought = { usd: allowance.costUsd ?? 0, tokens: allowance.tokens ?? 0 } as ReturnType<typeof boughtOf>;
  try {
    const child = await startChild<Prove>(WORKFLOWS.proveTheorem, {
      ...childOptions(workflowId, {
        ...{ runId, theorem, plan, guard, suite, allowance, runDeadline: state.deadline },
      }),
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    });
    const flight = inFlight(theorem, workflowId);
    state.inFlight.set(theorem.id, flight);
    // Paused while the child was being started: it has not been told.
    if (state.paused) await flight.tell({ paused: true });
    const result = await child.result();
    bought = boughtOf(result.ledger);
    state.done(result);
    return result;
  } catch (error) {
    if (CancellationScope.current().consideredCancelled || endsRun(error)) throw error;
    const result = withoutResult({ theorem, workflowId, startedAt }, error);
    await recordInstead(runId, result);
    state.done(result);
    return result;
  } finally {
    state.inFlight.delete(theorem.id);
    state.funds.settle(theorem.id, bought);
  }
};

/** A theorem whose workflow could not write its result itself. */
export const recordInstead = (runId: string, result: TheoremResult): Promise<void> =>
  CancellationScope.nonCancellable(() =>
    mainCalls.recordResult.executeWithOptions({ summary: resultSummary(result) }, [{ runId, result }]),
  );

/** For a theorem whose workflow was cancelled by itself or has failed. */
export const withoutResult = (
  of: {
    readonly theorem: Pick<Theorem, 'id' | 'name' | 'difficulty' | 'category'>;
    readonly workflowId: string;
    readonly startedAt: number;
  },
  error: unknown,
): TheoremResult => ({
  ...(isCancellation(error)
    ? { outcome: 'unsolved', stoppedBy: 'cancelled', error: null }
    : { outcome: 'error', stoppedBy: 'error', error: faultOf(error) }),
  theoremId: of.theorem.id,
  name: of.theorem.name,
  difficulty: of.theorem.difficulty ?? null,
  category: of.theorem.category ?? null,
  prover: null,
  submission: null,
  verdict: null,
  cached: false,
  attempts: 0,
  ledger: { ...EMPTY_LEDGER, totalMs: Date.now() - of.startedAt },
  notes: [],
  workflowId: of.workflowId,
  startedAt: of.startedAt,
  endedAt: Date.now(),
});
