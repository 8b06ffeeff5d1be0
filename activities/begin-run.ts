import { z } from 'zod';
import { ProofloopError, WORKFLOW_VERSION } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';
import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';
import { checkGuard } from './guard.ts';

/**
 * For a run that no command line starts: its record, as `bench` would have written it. A repeat changes nothing.
 * Throws SUITE_NOT_FOUND.
 */
export const beginRunActivity = (store: Store): Pick<MainActivities, 'beginRun'> => ({
  beginRun: ({ runId, startedAt, input }) =>
    brief(async () => {
      const guard = { storeId: input.storeId, workflowVersion: WORKFLOW_VERSION };
      checkGuard(guard, store);
      if ((await store.getRunHead(runId)) !== null) return guard;
      const { suite: label, plan, limits, provenance, scheduleId, source } = input;
      const stored = source.kind === 'stored' ? source.sha256 : '';
      const text = await store.getText(stored);
      if (text === null)
        throw new ProofloopError(
          'SUITE_NOT_FOUND',
          `the theorems of schedule '${scheduleId}' (${stored}) are not in store ${store.location}`,
          { fix: 'Make the schedule anew with the same `bench … --schedule`.' },
        );
      const theoremIds = z
        .array(z.object({ id: z.string() }))
        .parse(JSON.parse(text))
        .map(({ id }) => id);
      await store.putRun({
        ...{ runId, kind: 'suite', label, plan, limits, theoremIds, results: [], startedAt, endedAt: null },
        state: 'running',
        provenance: { ...provenance, source: stored, schedule: scheduleId },
      });
      return guard;
    }),
});
