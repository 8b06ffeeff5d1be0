import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { betaQuantile, drawVariant, uniform } from '../../../../src/prover/prompts/learning/draw.ts';
import { type Cell, posterior } from '../../../../src/prover/prompts/learning/posterior.ts';
import { summaryOf } from '../../../../src/prover/prompts/learning/summary.ts';
import type { TrialCount } from '../../../../src/prover/prompts/learning/trial.ts';

const cell: Cell = { model: 'm', stage: 'first', category: 'Nat', difficulty: 'easy' };
const row = (variant: string, trials: number, wins: number, more: Partial<TrialCount> = {}): TrialCount => ({
  ...cell,
  variant,
  trials,
  wins,
  ...more,
});
const meanOf = (rows: readonly TrialCount[], variant: string, at = cell): number => {
  const { alpha, beta } = posterior(rows, variant, at);
  return alpha / (alpha + beta);
};
const variants = ['a/1', 'b/1', 'c/1'];
const draws = (rows: readonly TrialCount[], n = 300, seed = 0, at = cell): Record<string, number> => {
  const counts: Record<string, number> = { 'a/1': 0, 'b/1': 0, 'c/1': 0 };
  for (let i = 0; i < n; i++) counts[drawVariant({ rows, variants, cell: at, seed, of: ['t', i] })]! += 1;
  return counts;
};

describe('quantiles of the Beta distribution', () => {
  test.each([
    [1, 1, 0.3, 0.3],
    [2, 1, 0.25, 0.5],
    [1, 2, 0.75, 0.5],
    [2, 2, 0.5, 0.5],
    // I_x(5, 3) = 0.95 at 0.8712; tables of the incomplete beta function.
    [5, 3, 0.95, 0.8712],
  ])('Beta(%d, %d) at %d is %d', (alpha, beta, p, value) => {
    expect(betaQuantile({ alpha, beta }, p)).toBeCloseTo(value, 3);
  });

  test('they are in order and within (0, 1), for all posteriors that can arise', () => {
    const count = fc.double({ min: 0.08, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(count, count, (alpha, beta) => {
        const [low, mid, high] = [0.025, 0.5, 0.975].map((p) => betaQuantile({ alpha, beta }, p));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(mid! + 1e-9);
        expect(mid).toBeLessThanOrEqual(high! + 1e-9);
      }),
    );
  });

  test('numbers from words are spread evenly', () => {
    const numbers = Array.from({ length: 2_000 }, (_, i) => uniform('test', i));
    expect(numbers.reduce((a, b) => a + b) / 2_000).toBeCloseTo(0.5, 1);
    expect(numbers.filter((u) => u < 0.1).length).toBeGreaterThan(140);
  });
});

describe('the choice of a prompt', () => {
  test('without trials every variant is chosen about as often', () => {
    for (const n of Object.values(draws([]))) expect(n).toBeGreaterThan(60);
  });

  test('the same seed chooses the same, another one otherwise', () => {
    const rows = [row('a/1', 6, 3), row('b/1', 5, 3)];
    const choices = (seed: number) =>
      Array.from({ length: 30 }, (_, i) => drawVariant({ rows, variants, cell, seed, of: ['t', i] })).join();
    expect(choices(7)).toBe(choices(7));
    expect(choices(7)).not.toBe(choices(8));
  });

  test('what wins is chosen more and more, what loses is left', () => {
    const counts = draws([row('a/1', 40, 4), row('b/1', 40, 30), row('c/1', 40, 6)]);
    expect(counts['b/1']).toBeGreaterThan(280);
  });

  test('a new trial changes few choices', () => {
    const before = [row('a/1', 40, 20), row('b/1', 40, 20), row('c/1', 40, 20)];
    const after = [row('a/1', 41, 21), ...before.slice(1)];
    const choose = (rows: TrialCount[], i: number) => drawVariant({ rows, variants, cell, seed: 1, of: [i] });
    const changed = Array.from({ length: 200 }, (_, i) => choose(before, i) !== choose(after, i));
    expect(changed.filter(Boolean).length).toBeLessThan(20);
  });

  test('it finds the best of three over its own observations', () => {
    const chance: Record<string, number> = { 'a/1': 0.2, 'b/1': 0.5, 'c/1': 0.3 };
    const counts = new Map(variants.map((v) => [v, { trials: 0, wins: 0 }]));
    const chosen: string[] = [];
    for (let i = 0; i < 600; i++) {
      const rows = [...counts].map(([v, { trials, wins }]) => row(v, trials, wins));
      const variant = drawVariant({ rows, variants, cell, seed: 3, of: [i] });
      chosen.push(variant);
      const count = counts.get(variant)!;
      count.trials += 1;
      if (uniform('world', i) < chance[variant]!) count.wins += 1;
    }
    expect(chosen.slice(300).filter((v) => v === 'b/1').length).toBeGreaterThan(200);
  });
});

describe('where a cell has few trials', () => {
  test('other categories, difficulties and models speak for it, and its own trials outweigh them', () => {
    const elsewhere = [row('a/1', 30, 24, { category: 'List' }), row('b/1', 30, 6, { category: 'List' })];
    expect(meanOf(elsewhere, 'a/1')).toBeGreaterThan(meanOf(elsewhere, 'b/1') + 0.2);
    const own = [...elsewhere, row('a/1', 30, 3), row('b/1', 30, 27)];
    expect(meanOf(own, 'a/1')).toBeLessThan(meanOf(own, 'b/1') - 0.3);
    const otherModel = elsewhere.map((r) => ({ ...r, model: 'other' }));
    expect(meanOf(otherModel, 'a/1')).toBeGreaterThan(meanOf(otherModel, 'b/1'));
  });

  test('repairs say nothing of first samples', () => {
    const rows = [row('a/1', 30, 27, { stage: 'repair' }), row('b/1', 30, 1, { stage: 'repair' })];
    expect(meanOf(rows, 'a/1')).toBeCloseTo(meanOf(rows, 'b/1'));
  });

  test('a variant that was tried on easier theorems gains nothing by it', () => {
    // The same chance everywhere: nine of ten on lists, one of ten on programs; only the shares differ.
    const rows = [
      row('a/1', 90, 81, { category: 'List' }),
      row('a/1', 10, 1, { category: 'programs' }),
      row('b/1', 10, 9, { category: 'List' }),
      row('b/1', 90, 9, { category: 'programs' }),
    ];
    expect(Math.abs(meanOf(rows, 'a/1') - meanOf(rows, 'b/1'))).toBeLessThan(0.05);
  });

  test('the posterior is proper, whatever the counts', () => {
    const counts = fc.array(
      fc
        .record({
          variant: fc.constantFrom(...variants),
          model: fc.constantFrom('m', 'n'),
          stage: fc.constantFrom('first' as const, 'repair' as const),
          category: fc.constantFrom('Nat', 'List', ''),
          difficulty: fc.constantFrom('easy', 'hard', ''),
          trials: fc.nat(1_000),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ share, ...r }): TrialCount => ({ ...r, wins: Math.floor(r.trials * share) })),
    );
    fc.assert(
      fc.property(counts, fc.constantFrom(...variants), (rows, variant) => {
        const { alpha, beta } = posterior(rows, variant, cell);
        expect(alpha).toBeGreaterThan(0);
        expect(beta).toBeGreaterThan(0);
        expect(Number.isFinite(alpha + beta)).toBe(true);
      }),
    );
  });
});

test('the summary counts, and its shares add up', () => {
  const rows = [row('a/1', 40, 30), row('b/1', 10, 1), row('a/1', 5, 1, { category: 'List' })];
  const groups = summaryOf(rows, variants);
  expect(groups.map((g) => [g.difficulty, g.category])).toEqual([
    [null, null],
    ['easy', 'List'],
    ['easy', 'Nat'],
  ]);
  const [a] = groups[0]!.standings;
  expect(a).toMatchObject({ variant: 'a/1', trials: 45, wins: 31, mean: 32 / 47 });
  expect(a!.low).toBeLessThan(a!.mean);
  expect(a!.high).toBeGreaterThan(a!.mean);
  for (const { standings } of groups) expect(standings.reduce((n, s) => n + s.share, 0)).toBeCloseTo(1);
});
