import { ProofloopError, type RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';

/** The record of a run. Throws RUN_NOT_FOUND. */
export const recordOf = async (store: Store, runId: string): Promise<RunRecord> => {
  const record = await store.getRun(runId);
  if (record === null)
    throw new ProofloopError('RUN_NOT_FOUND', `no run '${runId}' in store ${store.location}`);
  return record;
};

/** Newest first, as the store knows them. */
export const listRuns = (store: Store, limit: number): Promise<readonly RunRecord[]> => store.listRuns(limit);

/** Changes the record of a run that has one; its results have rows of their own and stay. */
export const changeRecord = async (
  store: Store,
  runId: string,
  change: Partial<Pick<RunRecord, 'state' | 'endedAt' | 'limits' | 'plan'>>,
): Promise<void> => {
  const record = await store.getRun(runId);
  if (record !== null) await store.putRun({ ...record, ...change, results: [] });
};
