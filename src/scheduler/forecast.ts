import type { Interval, Prediction } from '../model/index.ts';
import { drawFrom, intervalOf, uniforms } from './sample.ts';
import { lowerBound, simulate } from './simulate.ts';

/** What a run is expected to bring and to take: 80 % intervals over the theorems that have a prediction. */
export type Forecast = {
  /** Wall clock of the run, milliseconds. */
  readonly makespan: Interval;
  /** No order takes less, by the predicted times. */
  readonly lowerBoundMs: number;
  readonly solved: Interval;
  readonly tokens: Interval;
  /** US dollars; null = a price is unknown. */
  readonly usd: Interval | null;
  /** The share of the draws that end within the limit; null = none. */
  readonly within: number | null;
};

const MOST_DRAWS = 400;
const LEAST_DRAWS = 40;
/** Steps of the simulation, all draws together: a fraction of a second. */
const STEPS = 2e7;

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

/** Plays the run many times with times, tokens and costs drawn from their predictions, each theorem by itself. */
export const forecast = (
  predictions: readonly Prediction[],
  { lanes, withinMs = null, seed = 0 }: { lanes: number; withinMs?: number | null; seed?: number },
): Forecast => {
  const u = uniforms(seed);
  const steps = Math.max(1, predictions.length * Math.min(lanes, predictions.length));
  const count = Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, Math.floor(STEPS / steps)));
  const draws = Array.from({ length: count }, () => ({
    makespan: simulate(
      predictions.map((p) => drawFrom(p.ms, u())),
      lanes,
    ).makespan,
    solved: sum(predictions.map((p) => (u() < p.probability ? 1 : 0))),
    tokens: sum(predictions.map((p) => drawFrom(p.tokens, u()))),
    usd: sum(predictions.map((p) => (p.usd === null ? 0 : drawFrom(p.usd, u())))),
  }));
  const times = predictions.map((p) => p.ms.mean);
  const over = (mean: number, what: 'makespan' | 'solved' | 'tokens' | 'usd') =>
    intervalOf(
      mean,
      draws.map((d) => d[what]),
    );
  return {
    makespan: over(simulate(times, lanes).makespan, 'makespan'),
    lowerBoundMs: lowerBound(times, lanes),
    solved: over(sum(predictions.map((p) => p.probability)), 'solved'),
    tokens: over(sum(predictions.map((p) => p.tokens.mean)), 'tokens'),
    usd: predictions.some((p) => p.usd === null)
      ? null
      : over(sum(predictions.map((p) => p.usd?.mean ?? 0)), 'usd'),
    within: withinMs === null ? null : draws.filter((d) => d.makespan <= withinMs).length / count,
  };
};
