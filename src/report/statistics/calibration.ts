import { isFromStore, type Prediction, type TheoremResult } from '../../model/index.ts';
import { estimate, share } from './estimate.ts';
import type { Bounds } from './interval.ts';
import { mean } from './numbers.ts';

export type CalibrationBin = {
  /** Predicted chances of success in this bin: from, below (the last one: to). */
  readonly from: number;
  readonly to: number;
  readonly theorems: number;
  readonly predicted: number;
  readonly solved: number;
  readonly interval: Bounds;
};

export type Calibration = {
  readonly theorems: number;
  /** Mean squared error of the chance of success: 0 is perfect, 0.25 is what saying 1/2 always gives. */
  readonly brier: number;
  readonly bins: readonly CalibrationBin[];
  /** Mean absolute error of the time, milliseconds. */
  readonly timeMae: number;
  /** Share of the times that lie in their interval, which is meant to hold 80 of 100. */
  readonly timeWithin: number;
};

const BINS = 5;

/** Those that a prediction can be held against: an error or a proof from the store is not what was predicted. */
const isFair = (r: TheoremResult): boolean =>
  r.outcome !== 'error' && r.stoppedBy !== 'cancelled' && !isFromStore(r);

/** How the predictions made before the run compare with what came; null = there were none. */
export const calibrationOf = (
  results: readonly TheoremResult[],
  predictions: ReadonlyMap<string, Prediction>,
): Calibration | null => {
  const pairs = results.filter(isFair).flatMap((r) => {
    const p = predictions.get(r.theoremId);
    return p === undefined ? [] : [{ p, solved: r.outcome === 'solved' ? 1 : 0, ms: r.ledger.totalMs }];
  });
  if (pairs.length === 0) return null;
  const binOf = (probability: number) => Math.min(BINS - 1, Math.floor(probability * BINS));
  const bins = [...Map.groupBy(pairs, ({ p }) => binOf(p.probability))].sort(([a], [b]) => a - b);
  return {
    theorems: pairs.length,
    brier: mean(pairs.map(({ p, solved }) => (p.probability - solved) ** 2))!,
    bins: bins.map(([bin, inBin]) => {
      const solved = inBin.filter((one) => one.solved === 1).length;
      return {
        ...{ from: bin / BINS, to: (bin + 1) / BINS, theorems: inBin.length, solved: solved / inBin.length },
        predicted: mean(inBin.map(({ p }) => p.probability))!,
        interval: share(solved, inBin.length).interval!,
      };
    }),
    timeMae: mean(pairs.map(({ p, ms }) => Math.abs(p.ms.mean - ms)))!,
    timeWithin: estimate(
      pairs.map(({ p, ms }) => {
        const within = ms >= p.ms.low && ms <= p.ms.high ? 1 : 0;
        return { low: within, high: within };
      }),
    ).value!,
  };
};
