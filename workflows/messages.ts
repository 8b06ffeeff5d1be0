import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  Allowance,
  Budget,
  RunLimits,
  RunProgress,
  TheoremProgress,
  TheoremResult,
  Tokens,
} from '../src/model/index.ts';
import type { Amount, Caps } from './budget/account.ts';

/** Where a theorem or a run stands. */
export const theoremProgressQuery = defineQuery<TheoremProgress>('progress');
export const runProgressQuery = defineQuery<RunProgress>('progress');

/** New work waits until resume; what is under way ends. Answers the new state. Both are idempotent. */
export const pauseUpdate = defineUpdate<'paused', []>('pause');
export const resumeUpdate = defineUpdate<'running', []>('resume');

/** Replaces budget parts that are given; the validator refuses values outside their range. */
export const setBudgetUpdate = defineUpdate<Budget, [Partial<Budget>]>('setBudget');
/** Of a run: lanes and money for the whole of it. */
export const setLimitsUpdate = defineUpdate<RunLimits, [Partial<RunLimits>]>('setLimits');

/** From a run to its theorems in flight, because a workflow can send no update. */
export type RunChange = {
  readonly paused?: boolean;
  readonly budget?: Partial<Budget>;
  readonly allowance?: Allowance;
  readonly runDeadline?: number | null;
  /** What became of requests in a batch job, by their ids. */
  readonly batch?: Readonly<Record<string, BatchEnd>>;
};
export const runChangeSignal = defineSignal<[RunChange]>('runChange');

/** From a theorem to its run: it has ended, its result is in the store, and this is what it bought in this turn. */
export type TheoremReport = {
  readonly workflowId: string;
  /** Without its long texts. */
  readonly result: TheoremResult;
  readonly bought: Amount;
  /** That it ended with; absent: told by other means. */
  readonly budget?: Budget | undefined;
  /** What a request may have taken that found too little of the run's. Absent: none was refused for that. */
  readonly lacked?: Caps | undefined;
};
export const theoremEndedSignal = defineSignal<[TheoremReport]>('theoremEnded');

/** From a theorem to its run: a request for the next batch job. */
export type BatchAsk = {
  readonly id: string;
  readonly theoremId: string;
  readonly prover: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Of one job. */
  readonly maxBytes: number;
};
export const batchAskSignal = defineSignal<[BatchAsk]>('batchAsk');

/** The answer is in the store and took this much, or there is none. */
export type BatchEnd =
  | { readonly ok: true; readonly costUsd: number | null; readonly tokens: Tokens | null }
  | { readonly ok: false; readonly mayBeBilled: boolean; readonly why: string };
