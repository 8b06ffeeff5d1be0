import type { Entry, RunData } from '../report/data.ts';
import { mean } from '../statistics/numbers.ts';
import { meanDifference } from '../statistics/paired.ts';
import type { Samples } from '../statistics/pass-at-k.ts';
import { signFlip } from '../statistics/sign-flip.ts';
import type { Paired } from './pairs.ts';
import type { Comparison } from './schema.ts';

type SampleTests = Pick<Comparison, 'sampleTests' | 'noSampleTest'>;

/** Where a proof ends the other samples, those that are missing are no random part. */
const isWhole = ({ run: { plan } }: RunData): boolean => plan.exhaust === true || samplesOf(plan) === 1;
const samplesOf = ({ budget }: RunData['run']['plan']): number => budget.samples;

const modelsOf = (entries: readonly Entry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ attempted }) => [...attempted.samples.keys()])),
];

/** Models to hold against each other: the only one of each side, else those of the same name. */
const modelPairs = (pairs: readonly Paired[]): readonly (readonly [a: string, b: string])[] => {
  const ofA = modelsOf(pairs.flatMap(({ a }) => a));
  const ofB = modelsOf(pairs.flatMap(({ b }) => b));
  const [a, b] = [ofA[0], ofB[0]];
  if (a !== undefined && b !== undefined && ofA.length === 1 && ofB.length === 1) return [[a, b]];
  return ofA.filter((name) => ofB.includes(name)).map((name) => [name, name] as const);
};

/** The share of right samples of one theorem on one side; null: one of its samples was not judged, or none was asked. */
const rateOf = (entries: readonly Entry[], model: string): number | null => {
  const all = entries.map(({ attempted }) => attempted.samples.get(model));
  if (all.some((s) => s === undefined || s.scored < s.planned)) return null;
  const sum = (of: (s: Samples) => number) => all.reduce((total, s) => total + (s ? of(s) : 0), 0);
  return sum((s) => s.accepted) / sum((s) => s.scored);
};

/**
 * Whether one model proves more of its samples than another: the difference of the shares of right samples, theorem by
 * theorem, so that how hard theorems are does not matter. Several samples of one theorem make its share more exact and
 * are no observations of their own (Miller, Adding Error Bars to Evals, 2024, sections 3 and 4).
 */
export const sampleTests = (
  a: readonly RunData[],
  b: readonly RunData[],
  pairs: readonly Paired[],
): SampleTests => {
  const runs = [...a, ...b];
  const models = modelPairs(pairs);
  if (models.length === 0 || !runs.some(({ run }) => samplesOf(run.plan) > 1))
    return { sampleTests: [], noSampleTest: null };
  if (!runs.every(isWhole))
    return {
      sampleTests: [],
      noSampleTest:
        'the first proof of a theorem ended its other samples, so the share of right ones is not known where it matters; runs with --exhaust can be tested',
    };
  return { sampleTests: models.map((both) => testOf(pairs, both)), noSampleTest: null };
};

const testOf = (
  pairs: readonly Paired[],
  [modelA, modelB]: readonly [string, string],
): SampleTests['sampleTests'][number] => {
  const rates = pairs.flatMap((pair) => {
    const [a, b] = [rateOf(pair.a, modelA), rateOf(pair.b, modelB)];
    return a === null || b === null ? [] : [{ a, b }];
  });
  const differences = rates.map(({ a, b }) => b - a);
  const found = meanDifference(differences);
  const p = found === null ? null : signFlip(differences);
  return {
    ...{ modelA, modelB, theorems: rates.length, left: pairs.length - rates.length },
    rateA: mean(rates.map(({ a }) => a)),
    rateB: mean(rates.map(({ b }) => b)),
    difference: found?.mean ?? null,
    interval: found?.interval ?? null,
    ...{ p, significant: p === null ? null : p < 0.05 },
  };
};
