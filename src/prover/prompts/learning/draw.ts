import jstat from 'jstat';
import { contentKey } from '../../../store/keys.ts';
import { type Beta, type Cell, posterior } from './posterior.ts';
import type { TrialCount } from './trial.ts';

/** The value below which a Beta distribution has the share `p` of its mass. */
export const betaQuantile = ({ alpha, beta }: Beta, p: number): number => jstat.beta.inv(p, alpha, beta);

/** A number in (0, 1) that is the same for the same words. */
export const uniform = (...words: readonly (string | number)[]): number => {
  const hash = contentKey('draw', words.map(String));
  return (Number.parseInt(hash.slice(0, 13), 16) + 0.5) / 2 ** 52;
};

export type Draw = {
  readonly rows: readonly TrialCount[];
  /** The variants to choose from, by id. */
  readonly variants: readonly string[];
  readonly cell: Cell;
  readonly seed: number;
  /** What else the draw depends on: theorem, round, sample. */
  readonly of: readonly (string | number)[];
};

/**
 * Thompson sampling: each variant draws a chance of success from its posterior, the highest one is asked with. Draws
 * are quantiles at numbers that depend on seed and `of` only: the same seed over the same trials chooses the same, and a
 * few trials more change few choices, so that answers that were paid for are found again.
 */
export function drawVariant({ rows, variants, cell, seed, of }: Draw): string {
  let best = { variant: variants[0]!, value: -1 };
  for (const variant of variants) {
    const value = betaQuantile(posterior(rows, variant, cell), uniform(seed, ...of, variant));
    if (value > best.value) best = { variant, value };
  }
  return best.variant;
}
