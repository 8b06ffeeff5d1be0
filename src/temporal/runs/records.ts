import { ProofloopError, type RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { type Because, putEvents } from './events.ts';

/** The record of a run. Throws RUN_NOT_FOUND. */
export const recordOf = async (store: Store, runId: string): Promise<RunRecord> => {
  const record = await store.getRun(runId);
  if (record === null) throw notFound(store, runId);
  return record;
};

/** The record without its results, which costs the same however many there are. Throws RUN_NOT_FOUND. */
export const headOf = async (store: Store, runId: string): Promise<RunRecord> => {
  const record = await store.getRunHead(runId);
  if (record === null) throw notFound(store, runId);
  return record;
};

const notFound = (store: Store, runId: string): ProofloopError =>
  new ProofloopError('RUN_NOT_FOUND', `no run '${runId}' in store ${store.location}`);

/** Newest first, as the store knows them. */
export const listRuns = (store: Store, limit: number): Promise<readonly RunRecord[]> => store.listRuns(limit);

/**
 * Changes the record of a run that has one; its results have rows of their own and stay. `why`: somebody asked for it,
 * and what really differs is an event of the run.
 */
export const changeRecord = async (
  store: Store,
  runId: string,
  change: Partial<Pick<RunRecord, 'state' | 'endedAt' | 'limits' | 'plan'>>,
  why?: Because,
): Promise<void> => {
  const record = await store.getRunHead(runId);
  if (record === null) return;
  const changed = { ...record, ...change };
  await store.putRun(changed);
  if (why !== undefined) await putEvents(store, record, changed, why);
};
