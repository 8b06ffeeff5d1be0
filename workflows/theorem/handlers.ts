import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import {
  pauseUpdate,
  resumeUpdate,
  runChangeSignal,
  setBudgetUpdate,
  theoremProgressQuery,
} from '../messages.ts';
import { BUDGET_RULES, validatePatch } from '../validate.ts';
import type { TheoremState } from './state.ts';

/** Installs what a theorem answers to. Validators are synchronous: an async one would wedge the workflow. */
export const handleMessages = (state: TheoremState): void => {
  const open = () => {
    if (state.phase === 'done') throw ApplicationFailure.nonRetryable('the theorem is done', 'USAGE');
  };
  setHandler(theoremProgressQuery, () => state.progress());
  setHandler(
    pauseUpdate,
    () => {
      state.paused = true;
      state.tellSteps();
      return 'paused' as const;
    },
    { validator: open },
  );
  setHandler(
    resumeUpdate,
    () => {
      state.paused = false;
      state.runPaused = false;
      state.tellSteps();
      return 'running' as const;
    },
    { validator: open },
  );
  setHandler(
    setBudgetUpdate,
    (patch) => {
      state.budget = { ...state.budget, ...patch };
      return state.budget;
    },
    {
      validator: (patch) => {
        open();
        validatePatch('budget', BUDGET_RULES, patch);
      },
    },
  );
  setHandler(runChangeSignal, ({ paused, budget, allowance, runDeadline, batch }) => {
    for (const [id, end] of Object.entries(batch ?? {})) state.batchEnds.set(id, end);
    if (allowance !== undefined) state.allowance = allowance;
    if (runDeadline !== undefined) state.runDeadline = runDeadline;
    if (paused !== undefined) {
      state.runPaused = paused;
      state.tellSteps();
    }
    if (budget !== undefined) state.budget = { ...state.budget, ...budget };
  });
};
