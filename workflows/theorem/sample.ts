import { isCancellation } from '@temporalio/workflow';
import type { Judged } from '../../activities/api.ts';
import type { Attempt, ModelAnswer } from '../../src/model/index.ts';
import { llmCalls, verifyCalls } from '../calls.ts';
import { type Fault, faultOf, rootOf } from '../failure.ts';
import { askSummary, verifySummary } from '../summaries.ts';
import { feedbackFor } from './feedback.ts';
import { withAnswer, withJudged } from './ledger.ts';
import { spentWith } from './prover-budget.ts';
import type { Records } from './records.ts';
import type { TheoremState } from './state.ts';

export type SampleTask = {
  readonly prover: string;
  readonly round: number;
  readonly sample: number;
  readonly maxCostUsd: number | null;
};

export type SampleEnd =
  | { readonly kind: 'judged'; readonly judged: Judged }
  /** An answer without a proof in it: empty, cut, blocked. */
  | { readonly kind: 'unusable' }
  | { readonly kind: 'modelFailed'; readonly fault: Fault }
  | { readonly kind: 'overBudget'; readonly upperBoundUsd: number };

/**
 * One sample: asks the model and judges its proof at once. Every sample whose request was answered or failed
 * is recorded as an attempt, also one that is cancelled while Lean looks at it. Cancellation and faults of the
 * Lean side are thrown.
 */
export const runSample = async (
  state: TheoremState,
  records: Records,
  task: SampleTask,
): Promise<SampleEnd> => {
  const answer = await ask(state, task);
  if ('kind' in answer) {
    if (answer.kind === 'modelFailed') record(state, records, task, { error: answer.fault });
    return answer;
  }
  state.ledger = withAnswer(state.ledger, answer);
  state.spentBy.set(task.prover, spentWith(state.spentBy.get(task.prover), answer));
  if (answer.submission === null) {
    record(state, records, task, { answer });
    return { kind: 'unusable' };
  }
  state.phase = 'lean';
  try {
    const { runId, theorem, plan } = state.input;
    const judged = await verifyCalls(plan.lean).verify.executeWithOptions(
      { summary: verifySummary(task.round, task.sample, answer.submission) },
      [{ runId, theorem, lean: plan.lean, submission: answer.submission, cache: plan.cache }],
    );
    state.ledger = withJudged(state.ledger, judged);
    state.lastVerdict = judged.verdict;
    record(state, records, task, { answer, judged });
    return { kind: 'judged', judged };
  } catch (error) {
    const fault = isCancellation(error)
      ? { code: 'CANCELLED', message: 'cancelled before Lean had judged it' }
      : faultOf(error);
    record(state, records, task, { answer, error: fault });
    throw error;
  }
};

/** The model's answer, or the reason why there is none. */
const ask = async (
  state: TheoremState,
  { prover, round, sample, maxCostUsd }: SampleTask,
): Promise<ModelAnswer | Extract<SampleEnd, { kind: 'modelFailed' | 'overBudget' }>> => {
  const { runId, theorem, plan } = state.input;
  const feedback = feedbackFor(state.samples, prover, sample);
  state.phase = 'model';
  try {
    return await llmCalls.generate.executeWithOptions(
      { summary: askSummary(prover, round, sample, feedback.length) },
      [{ runId, theorem, prover, round, sample, feedback, cache: plan.cache, maxCostUsd }],
    );
  } catch (error) {
    if (isCancellation(error)) throw error;
    const fault = faultOf(error);
    if (fault.code !== 'OVER_BUDGET') return { kind: 'modelFailed', fault };
    const [upperBoundUsd] = ((rootOf(error) as { details?: unknown[] }).details ?? []) as [number?];
    return { kind: 'overBudget', upperBoundUsd: upperBoundUsd ?? Number.POSITIVE_INFINITY };
  }
};

const record = (
  state: TheoremState,
  records: Records,
  { prover, round, sample }: SampleTask,
  known: { answer?: ModelAnswer; judged?: Judged; error?: Fault },
): void => {
  state.attempts += 1;
  const attempt: Attempt = {
    n: state.attempts,
    prover,
    round,
    sample,
    submission: known.answer?.submission ?? null,
    verdict: known.judged?.verdict ?? null,
    answer: known.answer ?? null,
    cachedVerdict: known.judged?.cached ?? false,
    leanMs: known.judged?.leanMs ?? 0,
    error: known.error ?? null,
  };
  state.samples.push(attempt);
  records.attempt(state, attempt);
};
