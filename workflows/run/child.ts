import {
  CancellationScope,
  ChildWorkflowCancellationType,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { ProveTheoremInput, Theorem, TheoremResult } from '../../src/model/index.ts';
import { theoremAttributes } from '../attributes.ts';
import { endsRun, faultOf } from '../failure.ts';
import { runChangeSignal } from '../messages.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../names.ts';
import { cut, oneLine } from '../text.ts';
import { EMPTY_LEDGER } from '../theorem/ledger.ts';
import type { RunState } from './state.ts';

/**
 * Proves one theorem in a child workflow and accounts for it. A theorem whose workflow failed is a result with
 * outcome `error`; only cancellation of the run and faults of the worker are thrown.
 */
export const proveInChild = async (
  state: RunState,
  theorem: Theorem,
  { lanes, again = 0 }: { readonly lanes: number; readonly again?: number },
): Promise<TheoremResult> => {
  const { runId, guard, suite } = state.basis;
  const workflowId = childIdFor(runId, theorem.id, again);
  const startedAt = Date.now();
  const costUsd = state.money.setAside(theorem.id, state.plan.budget.costUsd, state.limits.costUsd, lanes);
  const plan = { ...state.plan, budget: { ...state.plan.budget, costUsd } };
  let result: TheoremResult | null = null;
  try {
    result = await runChild(state, workflowId, theorem, { runId, theorem, plan, guard, suite });
  } catch (error) {
    const runIsCancelled = CancellationScope.current().consideredCancelled;
    if (runIsCancelled || endsRun(error)) throw error;
    result = withoutResult(
      { theorem, workflowId, startedAt },
      isCancellation(error)
        ? { outcome: 'unsolved', stoppedBy: 'cancelled', error: null }
        : { outcome: 'error', stoppedBy: 'error', error: faultOf(error) },
    );
  } finally {
    state.inFlight.delete(theorem.id);
    // A theorem without a result has cost nobody knows how much; it may have been all of its allowance.
    state.money.settle(theorem.id, result === null ? (costUsd ?? 0) : result.ledger.costUsd);
  }
  state.done(result);
  return result;
};

const runChild = async (
  state: RunState,
  workflowId: string,
  theorem: Theorem,
  input: ProveTheoremInput,
): Promise<TheoremResult> => {
  const attributes = theoremAttributes(theorem);
  const child = await startChild<(input: ProveTheoremInput) => Promise<TheoremResult>>(
    WORKFLOWS.proveTheorem,
    {
      workflowId,
      args: [input],
      taskQueue: QUEUES.main,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: oneLine(`${theorem.name}: ${theorem.statement}`),
      staticDetails: cut(`${theorem.informal ?? ''}\n\n\`\`\`lean\n${theorem.statement}\n\`\`\``, 16_000),
      ...(attributes !== undefined && { typedSearchAttributes: attributes }),
    },
  );
  state.inFlight.set(theorem.id, {
    theorem,
    workflowId,
    tell: (change) => child.signal(runChangeSignal, change),
  });
  // Paused while the child was being started: it has not been told.
  if (state.paused) await child.signal(runChangeSignal, { paused: true });
  return child.result();
};

/** For a theorem whose workflow was cancelled by itself or has failed. */
const withoutResult = (
  of: { readonly theorem: Theorem; readonly workflowId: string; readonly startedAt: number },
  end: Pick<TheoremResult, 'outcome' | 'stoppedBy' | 'error'>,
): TheoremResult => ({
  ...end,
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
