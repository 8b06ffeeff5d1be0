import type { RunRecord, Theorem, TheoremResult } from '../../src/model/index.ts';
import { draw } from '../../src/predictor/draw.ts';
import type { Row } from '../../src/predictor/rows.ts';
import type { Store } from '../../src/store/store.ts';
import { result, run } from '../store/samples.ts';

const KINDS = ['easy', 'hard'] as const;

/** Theorems whose time grows with their size, and of which the easy ones are mostly solved. */
export const theoremOf = (n: number): Theorem => ({
  id: `t${n}`,
  name: `t${n}`,
  header: '',
  context: '',
  statement: `theorem t${n} (a : Nat) : ${Array.from({ length: 1 + (n % 12) }, (_, i) => `a + ${i} = ${n}`).join(' ∧ ')}`,
  difficulty: KINDS[n % 2] ?? 'easy',
  category: 'arithmetic',
});

const msOf = (n: number, noise: number): number => (1 + (n % 12)) * 200 * (0.8 + 0.4 * noise);

export const resultOf = (n: number, over: Partial<TheoremResult> = {}, seed = 1): TheoremResult => {
  const solved = draw(seed, n, 1) < (n % 2 === 0 ? 0.9 : 0.1);
  const one = result(`t${n}`, solved ? 'solved' : 'unsolved');
  const ms = msOf(n, draw(seed, n, 2));
  const endedAt = 1_000_000 * seed + n;
  return { ...one, ledger: { ...one.ledger, leanMs: ms, totalMs: ms + 5000 }, endedAt, ...over };
};

export const numbers = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, i) => from + i);

export const rowOf = (n: number, seed = 1): Row => {
  const { ledger, outcome, endedAt } = resultOf(n, {}, seed);
  return {
    key: `k${n}`,
    theorem: theoremOf(n),
    setting: { answers: 0, wallMs: null },
    at: endedAt,
    ms: ledger.leanMs,
    solved: outcome === 'solved',
    tokens: 0,
    usd: 0,
  };
};

/** Writes a run that is over with these results, as the product does. */
export const putFinished = async (
  store: Store,
  runId: string,
  results: readonly TheoremResult[],
  over: Partial<RunRecord> = {},
): Promise<void> => {
  const theorems = results.map((r) => theoremOf(Number(r.theoremId.slice(1))));
  const source = await store.putText(JSON.stringify(theorems));
  const endedAt = Math.max(0, ...results.map((r) => r.endedAt)) + 1;
  await store.putRun(
    run(runId, {
      state: 'done',
      theoremIds: theorems.map((t) => t.id),
      startedAt: endedAt - 1,
      endedAt,
      provenance: { source },
      ...over,
    }),
  );
  for (const one of results) await store.putResult(runId, one);
};
