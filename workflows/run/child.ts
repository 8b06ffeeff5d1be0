import {
  CancellationScope,
  ChildWorkflowCancellationType,
  isCancellation,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { Allowance, Ledger, ProveTheoremInput, Theorem, TheoremResult } from '../../src/model/index.ts';
import { theoremAttributes } from '../attributes.ts';
import { type Amount, NOTHING } from '../budget/account.ts';
import { boughtOf } from '../budget/child.ts';
import { endsRun, faultOf } from '../failure.ts';
import { runChangeSignal } from '../messages.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../names.ts';
import { cut, oneLine } from '../text.ts';
import { EMPTY_LEDGER, paidBefore } from '../theorem/ledger.ts';
import type { RunState } from './state.ts';

/**
 * Proves one theorem in a child workflow and accounts for it. A theorem whose workflow failed is a result with
 * outcome `error`; only cancellation of the run and faults of the worker are thrown.
 */
export const proveInChild = async (
  state: RunState,
  theorem: Theorem,
  { lanes, again = 0, before }: { readonly lanes: number; readonly again?: number; readonly before?: Ledger },
): Promise<TheoremResult> => {
  const { runId, guard, suite } = state.basis;
  const workflowId = childIdFor(runId, theorem.id, again);
  const startedAt = Date.now();
  const { plan } = state;
  const allowance = state.funds.setAside(theorem.id, plan.budget, state.limits, lanes);
  let result: TheoremResult;
  let ledger: Ledger | null = null;
  try {
    result = await runChild(state, workflowId, theorem, {
      ...{ runId, theorem, plan, guard, suite, allowance, runDeadline: state.deadline },
      ...(before !== undefined && { before, alone: true }),
    });
    ledger = result.ledger;
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
    state.funds.settle(theorem.id, bought(ledger, allowance, before));
  }
  state.done(result);
  return result;
};

/** A theorem without a result has cost nobody knows how much; it may have been all of its allowance. */
const bought = (ledger: Ledger | null, allowance: Allowance, before: Ledger | undefined): Amount => {
  if (ledger === null) return { usd: allowance.costUsd ?? 0, tokens: allowance.tokens ?? 0 };
  const { usd, tokens } = boughtOf(ledger);
  const paid = before === undefined ? NOTHING : boughtOf(paidBefore(before));
  return { usd: usd === null || paid.usd === null ? null : usd - paid.usd, tokens: tokens - paid.tokens };
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
