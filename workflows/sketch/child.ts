import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  Allowance,
  AttemptPlan,
  Ledger,
  ProveTheoremInput,
  Step,
  TheoremResult,
} from '../../src/model/index.ts';
import { runChangeSignal } from '../messages.ts';
import { QUEUES, WORKFLOWS } from '../names.ts';
import { cut, oneLine } from '../text.ts';
import { addCost } from '../theorem/ledger.ts';
import type { TheoremState } from '../theorem/state.ts';

/** Proves a step in a workflow of its own, below the theorem's; it ends with the theorem's, and is paused with it. */
export const proveStep = async (
  state: TheoremState,
  { name, theorem: stated }: Step,
  id: string,
  { plan, allowance }: { readonly plan: AttemptPlan; readonly allowance: Allowance },
): Promise<TheoremResult> => {
  const { runId, guard, suite, theorem: whole } = state.input;
  const theorem = {
    ...stated,
    id: `${whole.id.slice(0, 150)}.${id.replace(/[^\p{L}\p{N}_.]/gu, '+').slice(0, 48)}`,
  };
  const workflowId = `${workflowInfo().workflowId}/${id}`;
  const input: ProveTheoremInput = {
    ...{ runId, theorem, plan, guard, suite, allowance, runDeadline: state.runDeadline },
    step: { of: whole.id },
  };
  const child = await startChild<(input: ProveTheoremInput) => Promise<TheoremResult>>(
    WORKFLOWS.proveTheorem,
    {
      workflowId,
      args: [input],
      taskQueue: QUEUES.main,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: oneLine(
        `step ${name} of ${whole.name} by ${plan.provers.join(', ')}: ${theorem.statement}`,
      ),
      staticDetails: cut(`A step of ${whole.name}\n\n\`\`\`lean\n${theorem.statement}\n\`\`\``, 16_000),
    },
  );
  const tell = (paused: boolean) => child.signal(runChangeSignal, { paused });
  state.steps.set(workflowId, tell);
  try {
    // Paused while the child was being started: it has not been told.
    if (state.isPaused) await tell(true);
    return await child.result();
  } finally {
    state.steps.delete(workflowId);
  }
};

/** What a step took is part of what its theorem took; the wall clock runs for both at once. */
export const withStep = (ledger: Ledger, step: Ledger): Ledger => ({
  ...ledger,
  cacheMs: ledger.cacheMs + step.cacheMs,
  modelMs: ledger.modelMs + step.modelMs,
  leanMs: ledger.leanMs + step.leanMs,
  inputTokens: ledger.inputTokens + step.inputTokens,
  outputTokens: ledger.outputTokens + step.outputTokens,
  modelCalls: ledger.modelCalls + step.modelCalls,
  cachedAnswers: ledger.cachedAnswers + step.cachedAnswers,
  costUsd: addCost(ledger.costUsd, step.costUsd),
  estimatedUsd: ledger.estimatedUsd + step.estimatedUsd,
  estimatedTokens: ledger.estimatedTokens + step.estimatedTokens,
  estimatedCalls: ledger.estimatedCalls + step.estimatedCalls,
  cachedTokens: ledger.cachedTokens + step.cachedTokens,
  duplicates: ledger.duplicates + step.duplicates,
});
