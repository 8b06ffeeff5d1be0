import { z } from 'zod';
import { EMPTY_LEDGER } from '../../../workflows/theorem/ledger.ts';
import { type RunRecord, type Theorem, type TheoremResult, theoremSchema } from '../../model/index.ts';
import { canonicalJson } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import type { Asked } from './differences.ts';
import { goesOn } from './goes-on.ts';

/** Runs looked at, the newest first. */
const MOST = 500;

/** Outcomes of an earlier run of the same suite, as results of the new one. */
export type TakenOver = { readonly from: string; readonly results: readonly TheoremResult[] };

/**
 * A suite whose file was changed: theorems that are the same as in the newest run of it, by the same provers and judged by
 * the same Lean (`provenance.series`), keep their outcomes. Errors, and what a higher limit would let go on, do not.
 */
export const takenOver = async (
  store: Store,
  run: { readonly runId: string; readonly series: string | undefined; readonly theorems: readonly Theorem[] },
  asked: Asked,
): Promise<TakenOver | null> => {
  if (run.series === undefined) return null;
  const heads = await store.listRunHeads(MOST);
  const head = heads.find(
    (r) => r.runId !== run.runId && r.provenance.series === run.series && r.endedAt !== null,
  );
  const earlier = head === undefined ? null : await store.getRun(head.runId);
  if (earlier === null) return null;
  const outcomes = await settledByKey(store, earlier, asked);
  const results = run.theorems.flatMap((theorem): TheoremResult[] => {
    const result = outcomes.get(keyOf(theorem));
    return result === undefined ? [] : [taken(result, theorem, earlier.runId)];
  });
  return results.length === 0 ? null : { from: earlier.runId, results };
};

const settledByKey = async (
  store: Store,
  run: RunRecord,
  asked: Asked,
): Promise<ReadonlyMap<string, TheoremResult>> => {
  const { source } = run.provenance;
  const text = source === undefined ? null : await store.getText(source);
  if (text === null) return new Map();
  const again = new Set(goesOn({ ...run, state: 'cancelled' }, asked).turns.map(({ index }) => index));
  const results = new Map(run.results.map((r) => [r.theoremId, r]));
  const theorems = z.array(theoremSchema).parse(JSON.parse(text));
  return new Map(
    theorems.flatMap((theorem, index) => {
      const result = results.get(theorem.id);
      return result === undefined || again.has(index) ? [] : [[keyOf(theorem), result] as const];
    }),
  );
};

/** What is proved: all but the names that only people and reports use. */
const keyOf = ({ id: _id, difficulty: _d, category: _c, ...asked }: Theorem): string => canonicalJson(asked);

const taken = (result: TheoremResult, theorem: Theorem, from: string): TheoremResult => ({
  ...result,
  theoremId: theorem.id,
  difficulty: theorem.difficulty ?? null,
  category: theorem.category ?? null,
  cached: result.outcome === 'solved',
  // What it took was counted there.
  ledger: EMPTY_LEDGER,
  notes: [
    ...result.notes.filter((note) => !note.startsWith(NOTE)),
    `${NOTE}${from}: the theorem is the same`,
  ],
});

const NOTE = 'taken from run ';
