import { isFromStore, OUTCOMES, type Outcome } from '../../model/index.ts';
import { costOf } from '../statistics/cost.ts';
import { estimate, powersUpTo, share } from '../statistics/estimate.ts';
import { passBounds } from '../statistics/pass-at-k.ts';
import { refineBounds } from '../statistics/refine-at-k.ts';
import { timesOf } from '../statistics/time.ts';
import type { Entry } from './data.ts';
import type { Figures } from './schema.ts';

/** Outcomes, estimates, times and cost of some theorems of a run. */
export const figuresOf = (entries: readonly Entry[]): Figures => {
  const results = entries.map((entry) => entry.result);
  const count = (outcome: Outcome) => results.filter((r) => r.outcome === outcome).length;
  const outcomes = Object.fromEntries(OUTCOMES.map((o) => [o, count(o)])) as Figures['outcomes'];
  const calls = entries.map((entry) => entry.attempted.calls);
  const mostCalls = Math.max(0, ...calls.map((one) => one.all));
  return {
    finished: entries.length,
    outcomes,
    success: share(outcomes.solved, entries.length),
    models: modelsOf(entries),
    refineAtK:
      mostCalls === 0
        ? []
        : [0, ...powersUpTo(mostCalls)].map((k) => ({
            k,
            ...estimate(calls.map((one) => refineBounds(one, k))),
          })),
    times: timesOf(results),
    cost: costOf(results),
    cachedProofs: results.filter(isFromStore).length,
  };
};

/** pass@k of each prover that asked a model, over the theorems: those that never came to it have no estimate. */
const modelsOf = (entries: readonly Entry[]): Figures['models'] => {
  const provers = new Set(entries.flatMap((entry) => [...entry.attempted.samples.keys()]));
  return [...provers].map((prover) => {
    const samples = entries.map((entry) => entry.attempted.samples.get(prover) ?? null);
    const planned = Math.max(...samples.map((one) => one?.planned ?? 0));
    const passAtK = powersUpTo(planned).map((k) => ({
      k,
      ...estimate(samples.map((one) => (one === null ? null : passBounds(one, k)))),
    }));
    return { prover, planned, passAtK };
  });
};
