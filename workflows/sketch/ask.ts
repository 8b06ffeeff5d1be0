import { workflowInfo } from '@temporalio/workflow';
import type { Judged } from '../../activities/api.ts';
import type { ModelAnswer, Submission } from '../../src/model/index.ts';
import type { Feedback } from '../../src/prover/prover.ts';
import type { Fault } from '../failure.ts';
import type { Records } from '../theorem/records.ts';
import { request } from '../theorem/request.ts';
import type { StageEnd } from '../theorem/stage.ts';
import type { TheoremState } from '../theorem/state.ts';

type Question = {
  readonly prover: string;
  /** 1-based. */
  readonly number: number;
  readonly feedback: readonly Feedback[];
};

export type Asked =
  | {
      readonly kind: 'sketch';
      readonly submission: Submission;
      /** Records it as an attempt, once Lean has looked at it. */
      readonly record: (judged: Judged) => void;
    }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'end'; readonly end: StageEnd };

/** Asks the model for a sketch, within the budgets. What it took is in the ledger, whatever came of it. */
export const askForSketch = async (
  state: TheoremState,
  records: Records,
  { prover, number, feedback }: Question,
): Promise<Asked> => {
  const { runId, theorem, plan } = state.input;
  const record = (known: { answer?: ModelAnswer; judged?: Judged; error?: Fault }): void => {
    state.attempts += 1;
    records.attempt(state, {
      ...{ n: state.attempts, prover, round: number, sample: 0, kind: 'sketch' },
      submission: known.answer?.submission ?? null,
      verdict: known.judged?.verdict ?? null,
      answer: known.answer ?? null,
      cachedVerdict: false,
      leanMs: known.judged?.leanMs ?? 0,
      error: known.error ?? null,
    });
  };
  state.begun += 1;
  const asked = await request(state, {
    ...{ runId, theorem, prover, kind: 'sketch', round: number, sample: 0 },
    feedback,
    ...(state.lemmas === null || state.lemmas.length === 0 ? {} : { lemmas: state.lemmas }),
    cache: plan.cache,
    askedBy: `${workflowInfo().workflowId} ${prover} sketch ${number}`,
  });
  if (asked.kind === 'overBudget') return { kind: 'end', end: { kind: 'nothing', ...asked.limit } };
  if (asked.kind === 'modelFailed') {
    record({ error: asked.fault });
    return { kind: 'end', end: { kind: 'modelFailed', prover, fault: asked.fault } };
  }
  const { answer } = asked;
  if (answer.submission === null) {
    record({ answer });
    return { kind: 'unusable' };
  }
  return { kind: 'sketch', submission: answer.submission, record: (judged) => record({ answer, judged }) };
};
