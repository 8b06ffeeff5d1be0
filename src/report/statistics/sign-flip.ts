import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** All ways to flip up to so many signs are counted; of more, so many are drawn. */
const EXACT = 16;
const DRAWS = 20_000;
const SEED = 20_261_130;

/** Sums that differ by rounding alone are the same. */
const NEAR = 1e-9;

/**
 * Fisher's randomization test on paired differences, two-sided: if A and B were the same on each theorem, its difference
 * would have come with the other sign as often. The chance of a sum at least as far from 0; exact for up to 16
 * differences that are not 0, else from 20,000 draws of a fixed seed, the observed one counted among them. Null where
 * nothing differs.
 */
export const signFlip = (differences: readonly number[]): number | null => {
  const sizes = differences.filter((d) => d !== 0);
  if (sizes.length === 0) return null;
  const observed = Math.abs(sizes.reduce((sum, d) => sum + d, 0)) - NEAR;
  const sumOf = (isFlipped: (i: number) => boolean): number =>
    Math.abs(sizes.reduce((sum, d, i) => sum + (isFlipped(i) ? -d : d), 0));
  let extreme = 0;
  if (sizes.length <= EXACT) {
    const all = 2 ** sizes.length;
    for (let flips = 0; flips < all; flips += 1)
      if (sumOf((i) => (flips & (1 << i)) !== 0) >= observed) extreme += 1;
    return extreme / all;
  }
  const random = xoroshiro128plus(SEED);
  for (let draw = 0; draw < DRAWS; draw += 1)
    if (sumOf(() => uniformInt(random, 0, 1) === 1) >= observed) extreme += 1;
  return (extreme + 1) / (DRAWS + 1);
};
