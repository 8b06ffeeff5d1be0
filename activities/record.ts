import type { RunEvent, RunRecord } from '../src/model/index.ts';
import { trialOf } from '../src/prover/prompts/learning/trial.ts';
import type { Store } from '../src/store/store.ts';
import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';

type RecordActivities = Pick<MainActivities, 'recordAttempt' | 'recordResult' | 'recordRunState'>;

/** All of them upserts, so a repeat after a lost answer changes nothing. */
/** Whoever cancels by proofloop's own commands leaves an event; this is for those who did it at the Temporal server. */
const tellOfCancel = async (store: Store, { runId, state, startedAt }: RunRecord): Promise<void> => {
  const isTold = (e: RunEvent) => e.what === 'state' && e.to === 'cancelled' && e.at >= startedAt;
  if ((await store.listEvents(runId)).some(isTold)) return;
  const reason = 'its workflow was cancelled at the Temporal server';
  await store.putEvent(runId, {
    ...{ at: Date.now(), what: 'state', from: state, to: 'cancelled', reason, by: 'run' },
  });
};

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
      if (run === null) return;
      await store.putRun({ ...run, state, limits, endedAt });
      if (state === 'cancelled') await tellOfCancel(store, run);
    }),
});
