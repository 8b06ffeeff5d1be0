import { betaQuantile, uniform } from './draw.ts';
import { type Beta, posterior } from './posterior.ts';
import { STAGES, type Stage, type TrialCount } from './trial.ts';

/** What is known of one variant among some trials. */
export type Standing = {
  readonly variant: string;
  readonly trials: number;
  readonly wins: number;
  /** Mean of the chance of success, and the interval that holds it with 95 %. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The share of draws that would choose it now. */
  readonly share: number;
};

export type Group = {
  readonly model: string;
  readonly stage: Stage;
  /** null: all of them together. */
  readonly difficulty: string | null;
  readonly category: string | null;
  readonly standings: readonly Standing[];
};

const DRAWS = 500;

const shares = (betas: readonly Beta[]): number[] => {
  const won = betas.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const values = betas.map((beta, k) => betaQuantile(beta, uniform('share', i, k)));
    won[values.indexOf(Math.max(...values))]! += 1;
  }
  return won.map((n) => n / DRAWS);
};

const standings = (
  rows: readonly TrialCount[],
  variants: readonly string[],
  betaOf: (variant: string, trials: number, wins: number) => Beta,
): Standing[] => {
  const counted = variants.map((variant) => {
    const own = rows.filter((row) => row.variant === variant);
    const trials = own.reduce((n, row) => n + row.trials, 0);
    const wins = own.reduce((n, row) => n + row.wins, 0);
    return { variant, trials, wins, beta: betaOf(variant, trials, wins) };
  });
  const share = shares(counted.map((c) => c.beta));
  return counted.map(({ variant, trials, wins, beta }, i) => ({
    variant,
    trials,
    wins,
    mean: beta.alpha / (beta.alpha + beta.beta),
    low: betaQuantile(beta, 0.025),
    high: betaQuantile(beta, 0.975),
    share: share[i]!,
  }));
};

const names = <K extends keyof TrialCount>(rows: readonly TrialCount[], key: K) =>
  [...new Set(rows.map((row) => row[key]))].sort();

/**
 * What won, for each model and stage: over all theorems (a flat prior), then for each difficulty and category that was
 * tried, where mean and interval are those that the next choice draws from (with what wider groups say).
 */
export function summaryOf(rows: readonly TrialCount[], variants: readonly string[]): Group[] {
  return names(rows, 'model').flatMap((model) =>
    STAGES.flatMap((stage): Group[] => {
      const here = rows.filter((row) => row.model === model && row.stage === stage);
      if (here.length === 0) return [];
      const known = [...new Set([...variants, ...here.map((row) => row.variant)])];
      const all: Group = {
        ...{ model, stage, difficulty: null, category: null },
        standings: standings(here, known, (_, trials, wins) => ({
          alpha: 1 + wins,
          beta: 1 + trials - wins,
        })),
      };
      const cells = names(here, 'difficulty').flatMap((difficulty) =>
        names(
          here.filter((row) => row.difficulty === difficulty),
          'category',
        ).map((category): Group => {
          const cell = { model, stage, difficulty, category };
          const own = here.filter((row) => row.difficulty === difficulty && row.category === category);
          return { ...cell, standings: standings(own, known, (variant) => posterior(rows, variant, cell)) };
        }),
      );
      return [all, ...cells];
    }),
  );
}
