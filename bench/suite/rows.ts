import type { Theorem, TheoremResult } from '../../src/model/index.ts';
import type { BenchRun } from './run.ts';

/** Of one suite in one run, or of all its suites together. Means in seconds a theorem. */
export type Row = {
  readonly lanes: number;
  readonly cache: 'cold' | 'warm';
  readonly suite: string;
  readonly theorems: number;
  readonly solved: number;
  readonly refuted: number;
  readonly errors: number;
  readonly mean: number;
  readonly lean: number;
  readonly store: number;
  /** What is neither Lean, model nor store: Temporal, our loop, and waiting for a slot. */
  readonly rest: number;
  /** Seconds of the whole run and of the whole command; null for a part of it. */
  readonly run: number | null;
  readonly command: number | null;
};

const ALL = 'all';

export const rowsOf = (
  { results, runMs, processMs }: BenchRun,
  of: Pick<Row, 'lanes' | 'cache'>,
  suites: readonly { readonly name: string; readonly theorems: readonly Theorem[] }[],
): Row[] => {
  const byId = new Map(results.map((result) => [result.theoremId, result]));
  const parts = suites.map(({ name, theorems }) => {
    const own = theorems.map(({ id }) => byId.get(id));
    const missing = theorems.filter((_, i) => own[i] === undefined).map(({ id }) => id);
    if (missing.length > 0) throw new Error(`no result of ${missing.join(', ')}`);
    return rowOf(
      name,
      own.filter((result) => result !== undefined),
      of,
    );
  });
  return [...parts, { ...rowOf(ALL, results, of), run: seconds(runMs), command: seconds(processMs) }];
};

const rowOf = (suite: string, results: readonly TheoremResult[], of: Pick<Row, 'lanes' | 'cache'>): Row => {
  const count = (outcome: TheoremResult['outcome']) => results.filter((r) => r.outcome === outcome).length;
  const mean = (part: (result: TheoremResult) => number) =>
    seconds(results.reduce((sum, result) => sum + part(result), 0) / results.length);
  return {
    ...of,
    suite,
    theorems: results.length,
    solved: count('solved'),
    refuted: count('refuted'),
    errors: count('error'),
    mean: mean(({ ledger }) => ledger.totalMs),
    lean: mean(({ ledger }) => ledger.leanMs),
    store: mean(({ ledger }) => ledger.cacheMs),
    rest: mean(({ ledger: l }) => Math.max(0, l.totalMs - l.leanMs - l.cacheMs - l.modelMs)),
    run: null,
    command: null,
  };
};

const seconds = (ms: number): number => Number((ms / 1000).toFixed(2));
