import { trialOf } from '../src/prover/prompts/learning/trial.ts';
import type { Store } from '../src/store/store.ts';
import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';

type RecordActivities = Pick<MainActivities, 'recordAttempt' | 'recordResult' | 'recordRunState'>;

/** All of them upserts, so a repeat after a lost answer changes nothing. */
export const recordActivities = (store: Store): RecordActivities => ({
  recordAttempt: ({ runId, theoremId, attempt, ...theorem }) =>
    brief(async () => {
      await store.putAttempt(runId, theoremId, attempt);
      const trial = trialOf(attempt, theorem);
      if (trial !== null) await store.putTrial({ runId, theoremId, n: attempt.n }, trial);
    }),
  recordResult: ({ runId, result }) => brief(() => store.putResult(runId, result)),
  recordRunState: ({ runId, state, limits, endedAt }) =>
    brief(async () => {
      const run = await store.getRunHead(runId);
      if (run !== null) await store.putRun({ ...run, state, limits, endedAt });
    }),
});
