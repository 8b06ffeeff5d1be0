import pLimit from 'p-limit';
import {
  type Prediction,
  ProofloopError,
  predictionsSchema,
  type RunRecord,
  type TheoremResult,
} from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { theoremsOf } from '../../suite/of-run.ts';
import { utilisationIn } from '../utilisation.ts';
import { attemptedOf } from './attempted.ts';
import type { Entry, RunData } from './data.ts';

const PAGE = 500;
/** Theorems whose attempts are read at once. */
const AT_ONCE = 8;

/** All that the store has of a run, page by page. Throws RUN_NOT_FOUND. */
export const readRun = async (store: Store, runId: string): Promise<RunData> => {
  const head = await store.getRunHead(runId);
  if (head === null)
    throw new ProofloopError('RUN_NOT_FOUND', `no run '${runId}' in store ${store.location}`);
  const run = { ...head, results: await allResults(store, head) };
  const theorem = await theoremsOf(store, run);
  const limit = pLimit(AT_ONCE);
  const entry = (result: TheoremResult) =>
    limit(async (): Promise<Entry> => {
      const attempts = await store.listAttempts(runId, result.theoremId);
      return {
        result,
        attempted: attemptedOf(result, attempts, run.plan),
        theorem: theorem(result.theoremId),
      };
    });
  const end = run.endedAt ?? Date.now();
  const [entries, predictions, events, utilisation] = await Promise.all([
    Promise.all(run.results.map(entry)),
    predictionsOf(store, run),
    store.listEvents(runId),
    utilisationIn(store, run.startedAt, end),
  ]);
  return { run, entries, predictions, events, utilisation };
};

const allResults = async (store: Store, { runId, theoremIds }: RunRecord): Promise<TheoremResult[]> => {
  const byId = new Map<string, TheoremResult>();
  for (let cursor = 0; ; ) {
    const page = await store.resultsAfter(runId, cursor, PAGE);
    for (const result of page.results) byId.set(result.theoremId, result);
    if (page.results.length < PAGE) break;
    cursor = page.cursor;
  }
  const place = new Map(theoremIds.map((id, i) => [id, i]));
  return [...byId.values()].sort(
    (a, b) => (place.get(a.theoremId) ?? theoremIds.length) - (place.get(b.theoremId) ?? theoremIds.length),
  );
};

const predictionsOf = async (store: Store, run: RunRecord): Promise<ReadonlyMap<string, Prediction>> => {
  const { predictions } = run.provenance;
  const text = predictions === undefined ? null : await store.getText(predictions);
  return new Map(text === null ? [] : Object.entries(predictionsSchema.parse(JSON.parse(text))));
};
