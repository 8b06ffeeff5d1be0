import type { TheoremResult } from '../../model/index.ts';
import { mean, quantile, sum } from './numbers.ts';

export type Components = {
  readonly lean: number;
  readonly model: number;
  readonly cache: number;
  /** Orchestration, and waiting for a slot or a lane: what the other three leave of the time from start to result. */
  readonly rest: number;
};

/**
 * Where the milliseconds of a theorem went. Samples run side by side, so Lean, model and cache can add up to more than
 * the theorem took: then nothing is known of the rest but that it is 0 or more, and `overlaps` says so.
 */
export const componentsOf = ({
  ledger,
}: Pick<TheoremResult, 'ledger'>): Components & { readonly overlaps: boolean } => {
  const { leanMs, modelMs, cacheMs, totalMs } = ledger;
  const rest = totalMs - leanMs - modelMs - cacheMs;
  return { lean: leanMs, model: modelMs, cache: cacheMs, rest: Math.max(0, rest), overlaps: rest < 0 };
};

export type Times = {
  /** Milliseconds from start to result of a theorem; null where there is none. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly p95: number | null;
  readonly max: number | null;
  /** Milliseconds of all theorems. */
  readonly components: Components;
  /** Theorems whose samples overlapped, so that `rest` is not known for them. */
  readonly overlapping: number;
};

export const timesOf = (results: readonly TheoremResult[]): Times => {
  const totals = results.map((r) => r.ledger.totalMs);
  const parts = results.map(componentsOf);
  const all = (of: keyof Components) => sum(parts.map((part) => part[of]));
  return {
    mean: mean(totals),
    median: quantile(totals, 0.5),
    p95: quantile(totals, 0.95),
    max: quantile(totals, 1),
    components: { lean: all('lean'), model: all('model'), cache: all('cache'), rest: all('rest') },
    overlapping: parts.filter((part) => part.overlaps).length,
  };
};
