import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Allowance, Budget, RunLimits, RunProgress, TheoremProgress } from '../src/model/index.ts';

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
};
export const runChangeSignal = defineSignal<[RunChange]>('runChange');
