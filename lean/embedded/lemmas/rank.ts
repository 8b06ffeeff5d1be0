import type { Library } from './library.ts';

/** Weight of a feature that so many of all theorems have: the rarer, the more it says. */
const weightOf = (frequency: number, all: number): number => Math.log(1 + all / (1 + frequency));

export type Ranked = { readonly index: number; readonly score: number };

export type Goal = {
  /** How much each feature of the library counts for it, by number. */
  readonly factors: Float64Array;
  readonly weights: Float64Array;
  readonly size: number;
  /** Of a theorem with these features. */
  score(features: Iterable<number>): number;
};

/** `wanted`: how much each feature of the goal counts, by its key. */
export function goalOf(library: Library, wanted: ReadonlyMap<number, number>): Goal {
  const { numbers, frequencies } = library;
  const all = library.theorems.length;
  const weights = Float64Array.from(frequencies, (frequency) => weightOf(frequency, all));
  const unseen = weightOf(0, all);
  const weightBy = (key: number): number => {
    const number = numbers.get(key);
    return number === undefined ? unseen : weights[number]!;
  };
  const factors = new Float64Array(weights.length);
  let size = 0;
  for (const [key, factor] of wanted) {
    size += weightBy(key) * factor;
    const number = numbers.get(key);
    if (number !== undefined) factors[number] = factor;
  }
  return {
    factors,
    weights,
    size,
    score: (features) => {
      let [common, own] = [0, 0];
      for (const key of features) {
        own += weightBy(key);
        common += weightBy(key) * (wanted.get(key) ?? 0);
      }
      return fitOf(common, own, size);
    },
  };
}

/**
 * How much it counts that a theorem speaks of nothing else than the goal does, against that it speaks of all that the goal
 * does: 0.5 would be the cosine. Chosen on the half `dev` of bench/lemmas, where 0.9 finds four times as many in the first ten.
 */
const FOCUS = 0.9;

/** From 0 to 1, since what is common is no more than either. */
const fitOf = (common: number, own: number, size: number): number =>
  common > 0 ? common / (own ** FOCUS * size ** (1 - FOCUS)) : 0;

/** The library's theorems by what they have in common with a goal, the best first; `all`: those with nothing in common too. */
export function rank(library: Library, { factors, weights, size }: Goal, all = false): Ranked[] {
  const { starts, features, theorems } = library;
  const ranked: Ranked[] = [];
  for (let index = 0; index < theorems.length; index++) {
    let [common, own] = [0, 0];
    for (let at = starts[index]!; at < starts[index + 1]!; at++) {
      const number = features[at]!;
      own += weights[number]!;
      common += weights[number]! * factors[number]!;
    }
    if (all || common > 0) ranked.push({ index, score: fitOf(common, own, size) });
  }
  return ranked.sort((a, b) => b.score - a.score || a.index - b.index);
}
