import type { Stage, TrialCount } from './trial.ts';

/** Parameters of a Beta distribution of a variant's chance of success. */
export type Beta = { readonly alpha: number; readonly beta: number };

/** What a choice is made for. */
export type Cell = {
  readonly model: string;
  readonly stage: Stage;
  readonly category: string;
  readonly difficulty: string;
};

/** A prior is worth this many trials at each level, so that a few real ones outweigh it. */
const STRENGTH = 4;
const LEAST = 0.02;

const LEVELS: readonly (readonly (keyof Cell)[])[] = [
  ['stage'],
  ['stage', 'model'],
  ['stage', 'model', 'difficulty'],
  ['stage', 'model', 'difficulty', 'category'],
];

const within = (row: TrialCount, cell: Cell, keys: readonly (keyof Cell)[]): boolean =>
  keys.every((key) => row[key] === cell[key]);

const sum = (rows: readonly TrialCount[], of: 'trials' | 'wins'): number =>
  rows.reduce((total, row) => total + row[of], 0);

const cellKey = (row: TrialCount): string =>
  JSON.stringify([row.stage, row.model, row.difficulty, row.category]);

/** Success of all variants together in each cell, drawn a little towards a half. */
const baseRates = (rows: readonly TrialCount[]): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(rows, cellKey)].map(([key, group]) => [
      key,
      (sum(group, 'wins') + 1) / (sum(group, 'trials') + 2),
    ]),
  );

/**
 * The posterior of one variant in one cell. Where a cell has few trials, wider ones speak: from all models of the stage,
 * through the model and the difficulty, to the category, each level correcting the one above. A level counts only what
 * lies outside the narrower one, so no trial counts twice, and it hands down not a rate but by how much the variant did
 * better than all variants did on the same cells: one that was tried on easier theorems gains nothing by it.
 */
export function posterior(rows: readonly TrialCount[], variant: string, cell: Cell): Beta {
  const rates = baseRates(rows);
  let effect = 0;
  for (const [i, keys] of LEVELS.entries()) {
    const narrower = LEVELS[i + 1];
    if (narrower === undefined) break;
    const level = rows.filter(
      (row) => row.variant === variant && within(row, cell, keys) && !within(row, cell, narrower),
    );
    const expected = level.reduce((total, row) => total + row.trials * (rates.get(cellKey(row)) ?? 0.5), 0);
    effect = (sum(level, 'wins') - expected + STRENGTH * effect) / (sum(level, 'trials') + STRENGTH);
  }
  const leaf = rows.filter((row) => within(row, cell, LEVELS.at(-1)!));
  const base = (sum(leaf, 'wins') + 1) / (sum(leaf, 'trials') + 2);
  const mean = Math.min(1 - LEAST, Math.max(LEAST, base + effect));
  const own = leaf.filter((row) => row.variant === variant);
  const wins = sum(own, 'wins');
  return {
    alpha: STRENGTH * mean + wins,
    beta: STRENGTH * (1 - mean) + sum(own, 'trials') - wins,
  };
}
