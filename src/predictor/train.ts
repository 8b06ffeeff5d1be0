import { conformal, isotonic } from './calibrate.ts';
import { type Case, casesOf, fromLog, shuffled } from './cases.ts';
import { askForest, type Forest, growForest } from './forest.ts';
import { expected, fitTrust } from './history.ts';
import { mean, median } from './mean.ts';
import { type Amount, FEATURES, FORMAT, type Model } from './model.ts';
import type { Row } from './rows.ts';

/** Below this nothing is predicted: records of which time and success are known, and different theorems among them. */
export const LEAST = { rows: 30, theorems: 20 } as const;

/** A group of residuals that is smaller says too little; all of them speak then. */
const LEAST_RESIDUALS = 20;
const IMPORTANCE_CASES = 400;

export type Training = {
  readonly prover: string;
  readonly product: string;
  readonly seed: number;
  readonly at: number;
  readonly runs: number;
  readonly through: number;
};

type Target = 'ms' | 'solved' | 'tokens';

const known = (cases: readonly Case[], target: Target) =>
  cases.flatMap((c) => {
    const y = c[target];
    return y === null ? [] : [{ ...c, y, own: c.before[target] }];
  });

/** A forest, and what is expected of each case by the trees that have not seen the case's theorem. */
const fitted = async (
  cases: readonly Case[],
  target: Target,
  seed: number,
  usualOf: (values: readonly number[]) => number,
  loss: (y: number, guess: number) => number,
) => {
  const samples = known(cases, target);
  const forest = await growForest(samples, seed);
  const held = samples.map((s) => ({ ...s, forest: askForest(forest, s.x, s.group) }));
  const trust = fitTrust(held, usualOf(samples.map(({ y }) => y)), loss);
  const judged = held.map((h) => ({ y: h.y, own: h.own, guess: expected(h.forest, h.own, trust) }));
  return { forest, trust, judged };
};

const fitAmount = async (cases: readonly Case[], target: 'ms' | 'tokens', seed: number): Promise<Amount> => {
  // What is off by a minute counts as a minute, as in the errors that are reported.
  const loss = (y: number, guess: number) => Math.abs(fromLog(y) - fromLog(guess));
  const { forest, trust, judged } = await fitted(cases, target, seed, median, loss);
  const residuals = judged.map(({ y, own, guess }) => ({ seen: own.length > 0, r: y - guess }));
  const spread = (seen: boolean) => {
    const group = residuals.filter((r) => r.seen === seen);
    return conformal((group.length < LEAST_RESIDUALS ? residuals : group).map(({ r }) => r));
  };
  return { forest, trust, seen: spread(true), fresh: spread(false) };
};

const meanError = (forest: Forest, cases: readonly Case[], target: Target): number => {
  const samples = known(cases, target);
  return (
    samples.reduce((sum, s) => sum + Math.abs(s.y - askForest(forest, s.x, s.group)), 0) / samples.length
  );
};

const importanceOf = (cases: readonly Case[], ms: Forest, solved: Forest, seed: number) => {
  const some = cases.slice(-IMPORTANCE_CASES);
  const base = { ms: meanError(ms, some, 'ms'), solved: meanError(solved, some, 'solved') };
  const growth = (worse: number, before: number) => (before === 0 ? 0 : worse / before - 1);
  return Object.fromEntries(
    FEATURES.map((name, column) => {
      const dealt = shuffled(some, column, seed);
      return [
        name,
        {
          ms: growth(meanError(ms, dealt, 'ms'), base.ms),
          solved: growth(meanError(solved, dealt, 'solved'), base.solved),
        },
      ];
    }),
  );
};

const usdPerToken = (rows: readonly Row[]): number | null => {
  const paid = rows.filter((r) => r.ms !== null);
  if (paid.some((r) => r.usd === null)) return null;
  const usd = paid.reduce((sum, r) => sum + (r.usd ?? 0), 0);
  const tokens = paid.reduce((sum, r) => sum + (r.tokens ?? 0), 0);
  return usd === 0 ? 0 : tokens === 0 ? null : usd / tokens;
};

/** A model of one prover's records, which come oldest first; null = too few of them. The same records and seed, the same model. */
export const train = async (rows: readonly Row[], of: Training): Promise<Model | null> => {
  const enough = rows.filter((r) => r.ms !== null && r.solved !== null);
  const newest = rows.at(-1);
  if (newest === undefined || enough.length < LEAST.rows) return null;
  if (new Set(enough.map((r) => r.key)).size < LEAST.theorems) return null;
  const { cases, past, similar } = casesOf(rows);
  const ms = await fitAmount(cases, 'ms', of.seed);
  const { judged, ...solved } = await fitted(cases, 'solved', of.seed, mean, (y, p) => (y - p) ** 2);
  const curve = isotonic(judged.map(({ y, guess }) => ({ score: guess, won: y === 1 })));
  const tokens = rows.some((r) => (r.tokens ?? 0) > 0) ? await fitAmount(cases, 'tokens', of.seed) : null;
  return {
    format: FORMAT,
    product: of.product,
    prover: of.prover,
    seed: of.seed,
    trainedAt: of.at,
    runs: of.runs,
    through: of.through,
    rows: rows.length,
    theorems: past.size,
    setting: newest.setting,
    ms,
    solved: { ...solved, curve },
    tokens,
    usdPerToken: usdPerToken(rows),
    similar,
    past: Object.fromEntries(past),
    importance: importanceOf(cases, ms.forest, solved.forest, of.seed),
  };
};
