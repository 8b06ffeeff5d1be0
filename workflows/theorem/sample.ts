import { isCancellation } from '@temporalio/workflow';
import type { Judged } from '../../activities/api.ts';
import type { Attempt, ModelAnswer, Submission } from '../../src/model/index.ts';
import { TRIES, verifyCalls } from '../calls.ts';
import { type Fault, faultOf } from '../failure.ts';
import { verifySummary } from '../summaries.ts';
import { mayTryAgain, tryAgain } from '../tries.ts';
import { slim } from './carried.ts';
import { feedbackFor } from './feedback.ts';
import { withJudged } from './ledger.ts';
import type { Role } from './plan-round.ts';
import type { Records } from './records.ts';
import { type Asked, request } from './request.ts';
import { requestId } from './request-id.ts';
import { roleOf } from './round-plan.ts';
import type { TheoremState } from './state.ts';

export type SampleTask = {
  readonly prover: string;
  readonly round: number;
  readonly sample: number;
  /** What it repairs, once that is decided. */
  readonly role?: Role;
};

export type SampleEnd =
  | { readonly kind: 'judged'; readonly judged: Judged }
  /** The proof had been refused before. */
  | { readonly kind: 'duplicate' }
  /** An answer without a proof in it: empty, cut, blocked. */
  | { readonly kind: 'unusable' }
  | Extract<Asked, { kind: 'modelFailed' | 'overBudget' }>;

/**
 * One sample: asks the model and judges its proof at once, unless the same proof was refused before. Every sample whose
 * request was answered or failed is recorded as an attempt, also one that is cancelled while Lean looks at it.
 * Cancellation and faults of the Lean side are thrown.
 */
export const runSample = async (
  state: TheoremState,
  records: Records,
  asked: SampleTask,
): Promise<SampleEnd> => {
  const { runId, theorem, plan } = state.input;
  const { prover, round, sample } = asked;
  const { role, variant } = await roleOf(state, asked);
  const task = { ...asked, role };
  state.phase = 'model';
  const got = await request(state, {
    ...{ runId, theorem, prover, round, sample },
    feedback: feedbackFor(state.samples, role),
    ...(typeof variant === 'string' && { variant }),
    ...(state.lemmas === null || state.lemmas.length === 0 ? {} : { lemmas: state.lemmas }),
    cache: plan.cache,
    askedBy: requestId(prover, round, sample),
  });
  if (got.kind !== 'answer') {
    if (got.kind === 'modelFailed') record(state, records, task, { error: got.fault });
    return got;
  }
  const { answer } = got;
  if (answer.submission === null) {
    record(state, records, task, { answer });
    return { kind: 'unusable' };
  }
  state.phase = 'lean';
  return judge(state, records, task, answer, answer.submission);
};

const judge = async (
  state: TheoremState,
  records: Records,
  task: SampleTask,
  answer: ModelAnswer,
  submission: Submission,
): Promise<SampleEnd> => {
  const { runId, theorem, plan } = state.input;
  const duplicateOf = state.refused.of(submission);
  if (duplicateOf !== null) {
    state.ledger = { ...state.ledger, duplicates: state.ledger.duplicates + 1 };
    record(state, records, task, { answer, duplicateOf });
    return { kind: 'duplicate' };
  }
  const verify = () =>
    verifyCalls(plan.lean).verify.executeWithOptions(
      { summary: verifySummary(task.round, task.sample, submission) },
      [{ runId, theorem, lean: plan.lean, submission, cache: plan.cache }],
    );
  try {
    let judged: Judged;
    try {
      judged = await verify();
    } catch (failure) {
      if (!mayTryAgain(failure)) throw failure;
      judged = await tryAgain(verify, failure, TRIES);
    }
    state.ledger = withJudged(state.ledger, judged);
    state.lastVerdict = judged.verdict;
    record(state, records, task, { answer, judged });
    state.refused.add(submission, judged.verdict, state.attempts);
    return { kind: 'judged', judged };
  } catch (error) {
    const fault = isCancellation(error)
      ? { code: 'CANCELLED', message: 'cancelled before Lean had judged it' }
      : faultOf(error);
    record(state, records, task, { answer, error: fault });
    throw error;
  }
};

/** Attempts kept in memory for feedback. */
const MEMORY = 200;

const record = (
  state: TheoremState,
  records: Records,
  { prover, round, sample, role }: SampleTask,
  known: {
    readonly answer?: ModelAnswer;
    readonly judged?: Judged;
    readonly duplicateOf?: number;
    readonly error?: Fault;
  },
): void => {
  state.attempts += 1;
  const { duplicateOf } = known;
  const original = state.samples.find((a) => a.n === duplicateOf);
  const attempt: Attempt = {
    n: state.attempts,
    prover,
    round,
    sample,
    submission: known.answer?.submission ?? null,
    verdict: known.judged?.verdict ?? original?.verdict ?? null,
    answer: known.answer ?? null,
    cachedVerdict: known.judged?.cached ?? false,
    ...(duplicateOf !== undefined && { duplicateOf }),
    variant: known.answer?.variant ?? null,
    repairOf: role?.kind === 'repair' ? role.of : null,
    leanMs: known.judged?.leanMs ?? 0,
    error: known.error ?? null,
  };
  state.samples.push(slim(attempt));
  if (state.samples.length > MEMORY) state.samples.shift();
  records.attempt(state, attempt);
};
