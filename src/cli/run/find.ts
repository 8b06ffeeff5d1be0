import { ProofloopError } from '../../model/errors.ts';
import type { RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';

export type Found = {
  readonly run: RunRecord;
  /** Set when the id named one theorem of the run (`RUN/THEOREM`), or a step of a sketch for it. */
  readonly theoremId: string | null;
};

/** Finds a run by its id, by the id of one of its theorems, or by the beginning of its id. Throws RUN_NOT_FOUND, THEOREM_NOT_FOUND. */
export const findRun = async (store: Store, id: string): Promise<Found> => {
  const whole = await store.getRun(id);
  if (whole !== null) return { run: whole, theoremId: null };
  const slash = id.indexOf('/');
  const theoremId = slash < 0 ? null : id.slice(slash + 1).replace(/~\d+$/, '');
  const start = slash < 0 ? id : id.slice(0, slash);
  const exact = slash < 0 ? null : await store.getRun(start);
  const runs =
    exact !== null
      ? [exact]
      : (await store.listRuns(10_000)).filter((r) => start !== '' && r.runId.startsWith(start));
  const [run] = runs;
  if (run === undefined) throw new ProofloopError('RUN_NOT_FOUND', `no run '${id}' in ${store.location}`);
  if (runs.length > 1)
    throw new ProofloopError('RUN_NOT_FOUND', `'${id}' may be ${runs.map((r) => r.runId).join(' or ')}`, {
      fix: 'Give more of the id.',
    });
  if (theoremId === null || run.theoremIds.includes(theoremId)) return { run, theoremId };
  const step = (await store.attemptedIds(run.runId)).find((attempted) =>
    isStep(attempted, id.slice(slash + 1)),
  );
  if (step === undefined)
    throw new ProofloopError('THEOREM_NOT_FOUND', `run ${run.runId} has no theorem '${theoremId}'`);
  return { run, theoremId: step };
};

/** Whether attempts under that id are of the step that `written` means: its own id, or as its workflow has it (`t/s1.h2~1`). */
const isStep = (attempted: string, written: string): boolean =>
  attempted === written || attempted === written.replaceAll('/', '.').replaceAll('~', '+');
