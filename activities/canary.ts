import { judgeCanary } from '../lean/canary.ts';
import { whileAlive } from './alive.ts';
import type { LeanActivities } from './api.ts';
import type { JudgingDeps } from './judging.ts';

/** The canary of a run, judged by the very Lean that judges its theorems; written into the run's record. */
export const canaryActivities = ({ lean, store }: JudgingDeps): Pick<LeanActivities, 'canary'> => ({
  canary: ({ runId, header, lean: options }) =>
    whileAlive(async (signal) => {
      const canary = await judgeCanary(lean, { header, options }, signal);
      const run = await store.getRun(runId);
      if (run !== null) await store.putRun({ ...run, canary, results: [] });
      return canary;
    }),
});
