import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { Allowance, RunLimits } from '../../src/model/index.ts';
import {
  batchAskSignal,
  pauseUpdate,
  type RunChange,
  resumeUpdate,
  runProgressQuery,
  setBudgetUpdate,
  setLimitsUpdate,
} from '../messages.ts';
import { BUDGET_RULES, LIMIT_RULES, validatePatch } from '../validate.ts';
import type { RunState } from './state.ts';

const allowanceOf = (allowance: Allowance | undefined) => (allowance === undefined ? {} : { allowance });

/** Whoever names a number of lanes wants that number. */
const fixedLanes = ({ lanes }: Partial<RunLimits>): Partial<RunLimits> =>
  lanes === undefined ? {} : { autoLanes: null };

/** Installs what a run answers to; changes are handed on to the theorems in flight. */
export const handleMessages = (state: RunState): void => {
  const open = () => {
    if (state.status !== 'running') throw ApplicationFailure.nonRetryable('the run is over', 'USAGE');
  };
  const tellAll = async (change: RunChange) => {
    // One that has just ended cannot be told, and need not.
    await Promise.allSettled([...state.inFlight.values()].map(({ tell }) => tell(change)));
  };
  const setPaused = async (paused: boolean) => {
    const changed = state.paused !== paused;
    state.paused = paused;
    if (changed) await tellAll({ paused });
  };
  setHandler(batchAskSignal, (ask) => state.batches?.add(ask));
  setHandler(runProgressQuery, () => state.progress());
  setHandler(
    pauseUpdate,
    async () => {
      await setPaused(true);
      return 'paused' as const;
    },
    { validator: open },
  );
  setHandler(
    resumeUpdate,
    async () => {
      await setPaused(false);
      return 'running' as const;
    },
    { validator: open },
  );
  setHandler(
    setBudgetUpdate,
    async (patch) => {
      state.change({ budget: patch });
      // What the run has set aside for them holds beside it.
      await tellAll({ budget: patch });
      return state.plan.budget;
    },
    {
      validator: (patch) => {
        open();
        validatePatch('budget', BUDGET_RULES, patch);
      },
    },
  );
  setHandler(
    setLimitsUpdate,
    async (patch) => {
      state.change({ limits: { ...fixedLanes(patch), ...patch } });
      const allowances = state.funds.reallot([...state.inFlight.keys()], state.limits);
      const { deadline: runDeadline } = state;
      await Promise.allSettled(
        [...state.inFlight].map(([id, { tell }]) =>
          tell({ ...allowanceOf(allowances.get(id)), runDeadline }),
        ),
      );
      return state.limits;
    },
    {
      validator: (patch) => {
        open();
        validatePatch('limits', LIMIT_RULES, patch);
      },
    },
  );
};
