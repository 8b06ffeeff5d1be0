import { type GoalView, tokensOf } from './goal-view.ts';

/** The largest modulus whose residues are all tried. */
export const MAX_MODULUS = 16;

/** Numerals that something is divided by. */
export function moduliOf(view: GoalView): number[] {
  const text = tokensOf(view.key);
  const found = text.flatMap((t, i) =>
    t === '%' || t === '/' ? [text[i + 1]!] : t === '∣' ? [text[i - 1]!] : [],
  );
  const numerals = found.filter((m) => /^\d+$/.test(m ?? '')).map(Number);
  return [...new Set(numerals)].filter((k) => k >= 2 && k <= MAX_MODULUS);
}

/** Numerals over the largest modulus whose residues are all tried. */
export function largeModuli(view: GoalView): number[] {
  const text = tokensOf(view.target);
  const found = text.flatMap((t, i) => (t === '%' ? [text[i + 1]!] : t === '∣' ? [text[i - 1]!] : []));
  return [...new Set(found.filter((m) => /^\d+$/.test(m ?? '')).map(Number))].filter(
    (k) => k > MAX_MODULUS && k < 10_000,
  );
}

/** Prime powers that divide a number, for a modulus that is too large by itself. */
export function primePowers(k: number): number[] {
  const found: number[] = [];
  for (let [rest, p] = [k, 2]; rest > 1; p += 1) {
    let power = 1;
    while (rest % p === 0) [rest, power] = [rest / p, power * p];
    if (power > 1) found.push(power);
  }
  return found;
}
