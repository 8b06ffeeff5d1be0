import {
  type AttemptPlan,
  isFromStore,
  type Ledger,
  type RunRecord,
  type Theorem,
  type TheoremResult,
} from '../model/index.ts';
import { contentKey } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import { theoremsOf } from '../suite/of-run.ts';
import type { Setting } from './features.ts';

/** What one record says of one theorem; null where it says nothing. */
export type Row = {
  /** The same for the same statement in the same context, whatever its id and its suite. */
  readonly key: string;
  readonly theorem: Theorem;
  readonly setting: Setting;
  /** When the result was there, milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number | null;
  readonly solved: boolean | null;
  readonly tokens: number | null;
  /** US dollars; null also where a price was unknown. */
  readonly usd: number | null;
};

/** A run with more records than this is read no further; the newest runs come first. */
const MOST_ROWS = 3000;
const MOST_RUNS = 1000;
const PAGE = 500;

/** The name under which the records of a plan are kept apart: its provers in order, and whether they race. */
export const proverOf = ({ provers, race = false }: Pick<AttemptPlan, 'provers' | 'race'>): string =>
  provers.join(race ? '|' : ',');

export const settingOf = ({ provers, budget }: Pick<AttemptPlan, 'provers' | 'budget'>): Setting => {
  const models = provers.filter((p) => p !== 'local').length;
  return {
    answers: models * Math.min(budget.rounds * budget.samples, budget.maxSamples ?? Number.POSITIVE_INFINITY),
    wallMs: budget.wallMs,
  };
};

export const theoremKey = (theorem: Theorem): string =>
  contentKey('predicted', [theorem.header, theorem.ownContext ?? theorem.context, theorem.statement]).slice(
    0,
    16,
  );

/**
 * The work in a theorem: cache, Lean and model, but never more than its wall clock, which parallel samples share. Waiting
 * for a free slot, pauses and the time that a run lay still are not the theorem's.
 */
export const workMs = ({ cacheMs, leanMs, modelMs, totalMs }: Ledger): number =>
  Math.min(totalMs, cacheMs + leanMs + modelMs);

const LIMITS = new Set(['time', 'cost', 'tokens', 'samples']);

/** What a result says of its theorem; null = nothing at all. */
export const measured = (result: TheoremResult): Pick<Row, 'ms' | 'solved' | 'tokens' | 'usd'> | null => {
  const { outcome, stoppedBy, stoppedScope, ledger } = result;
  // A fault and a cancellation end a theorem at any point; a proof from the store was counted when it was found.
  if (outcome === 'error' || stoppedBy === 'cancelled' || stoppedBy === 'error') return null;
  if (isFromStore(result)) return null;
  // The run had no more to give: how far the theorem would have gone is not known.
  if (outcome === 'unsolved' && stoppedScope === 'run' && LIMITS.has(stoppedBy)) return null;
  const bought = ledger.cachedAnswers === 0;
  return {
    // Answers from the store took no time of a model, and cost nothing now.
    ms: bought ? workMs(ledger) : null,
    usd: bought ? ledger.costUsd : null,
    // They count as tokens all the same.
    tokens: ledger.inputTokens + ledger.outputTokens,
    // Right, but it rests on a theorem that is not proved: neither.
    solved: outcome === 'conditional' ? null : outcome === 'solved',
  };
};

const isOver = ({ state, canary }: RunRecord): boolean =>
  // A Lean that accepts a false proof, or refuses a right one, says nothing of theorems.
  (state === 'done' || state === 'cancelled') && (canary === undefined || canary.outcome === 'passed');

/** Runs that are over and whose records count, newest first. */
export const finishedRuns = async (store: Store): Promise<readonly RunRecord[]> =>
  (await store.listRunHeads(MOST_RUNS)).filter(isOver);

const rowsOfRun = async (store: Store, run: RunRecord, most: number): Promise<Row[]> => {
  // A damaged text is as good as none.
  const theorems = await theoremsOf(store, run).catch(() => () => null);
  const setting = settingOf(run.plan);
  const rows: Row[] = [];
  for (let cursor = 0; rows.length < most; ) {
    const page = await store.resultsAfter(run.runId, cursor, PAGE);
    if (page.cursor === cursor) break;
    cursor = page.cursor;
    for (const result of page.results) {
      const values = measured(result);
      const theorem = values === null ? null : theorems(result.theoremId);
      // Without its text, which may have been pruned, nothing can be said of what it is like.
      if (values === null || theorem === null) continue;
      rows.push({ key: theoremKey(theorem), theorem, setting, at: result.endedAt, ...values });
    }
  }
  return rows;
};

/** What the store says of a prover's work, oldest first: the newest 3,000 records or somewhat more. */
export const rowsOf = async (
  store: Store,
  prover: string,
  runs: readonly RunRecord[],
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const run of runs) {
    if (rows.length >= MOST_ROWS) break;
    if (proverOf(run.plan) === prover) rows.push(...(await rowsOfRun(store, run, MOST_ROWS)));
  }
  return rows.sort((a, b) => a.at - b.at).slice(-MOST_ROWS);
};
