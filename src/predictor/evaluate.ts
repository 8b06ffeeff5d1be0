import { mean, median } from './mean.ts';
import { predictWith } from './predict.ts';
import type { Row } from './rows.ts';
import { LEAST, type Training, train } from './train.ts';

/** Mean absolute errors of the model (its mean and its typical value) and of what needs no model. */
export type AmountErrors = {
  readonly n: number;
  readonly model: number;
  readonly typical: number;
  readonly mean: number;
  readonly median: number;
  /** The last value of the same theorem; the median where it has none. */
  readonly last: number;
  /** Share of values inside the 80 % interval. */
  readonly coverage: number;
};

/** Brier scores: mean squared distance of probability and outcome; 0 is best, 0.25 is a coin. */
export type SuccessErrors = {
  readonly n: number;
  readonly model: number;
  readonly baseRate: number;
  /** 1 or 0, as the theorem ended last time; the base rate where it was not tried. */
  readonly last: number;
};

export type Errors = {
  readonly ms: AmountErrors | null;
  readonly solved: SuccessErrors | null;
  /** null: no model was asked, or nothing was measured. */
  readonly tokens: AmountErrors | null;
};

export type Evaluation = {
  readonly prover: string;
  readonly trainedOn: number;
  readonly testedOn: number;
  /** The first time of a record that was tested, milliseconds since the epoch. */
  readonly splitAt: number;
  readonly all: Errors;
  /** Theorems that were in the older records, and those that were not. */
  readonly seen: Errors;
  readonly fresh: Errors;
};

type Tested = { readonly row: Row; readonly predicted: ReturnType<ReturnType<typeof predictWith>> };

const lastOf = <K extends 'ms' | 'solved' | 'tokens'>(older: readonly Row[], what: K) =>
  new Map(older.flatMap((row) => (row[what] === null ? [] : [[row.key, Number(row[what])] as const])));

const amountErrors = (
  tested: readonly Tested[],
  older: readonly Row[],
  what: 'ms' | 'tokens',
): AmountErrors | null => {
  const cases = tested.flatMap(({ row, predicted }) => {
    const y = row[what];
    return y === null ? [] : [{ y, key: row.key, predicted }];
  });
  const values = older.flatMap((row) => (row[what] === null ? [] : [Number(row[what])]));
  if (cases.length === 0 || values.length === 0) return null;
  const last = lastOf(older, what);
  const [average, middle] = [mean(values), median(values)];
  const error = (guess: (c: (typeof cases)[number]) => number) =>
    mean(cases.map((c) => Math.abs(c.y - guess(c))));
  return {
    n: cases.length,
    model: error((c) => c.predicted[what].mean),
    typical: error((c) => c.predicted[what === 'ms' ? 'typicalMs' : 'typicalTokens']),
    mean: error(() => average),
    median: error(() => middle),
    last: error((c) => last.get(c.key) ?? middle),
    coverage: mean(
      cases.map(({ y, predicted }) => (y >= predicted[what].low && y <= predicted[what].high ? 1 : 0)),
    ),
  };
};

const successErrors = (tested: readonly Tested[], older: readonly Row[]): SuccessErrors | null => {
  const cases = tested.filter(({ row }) => row.solved !== null);
  const outcomes = older.filter((row) => row.solved !== null).map((row) => Number(row.solved));
  if (cases.length === 0 || outcomes.length === 0) return null;
  const rate = mean(outcomes);
  const last = lastOf(older, 'solved');
  const brier = (guess: (t: Tested) => number) =>
    mean(cases.map((t) => (Number(t.row.solved) - guess(t)) ** 2));
  return {
    n: cases.length,
    model: brier((t) => t.predicted.probability),
    baseRate: brier(() => rate),
    last: brier((t) => last.get(t.row.key) ?? rate),
  };
};

/**
 * Trains on the older part of the records, which come oldest first, and compares with what the newer part brought. No
 * newer record is used, also not as the history of a theorem. null = too few records to train on, or none to test.
 */
export const evaluate = async (
  rows: readonly Row[],
  share: number,
  of: Training,
): Promise<Evaluation | null> => {
  const cut = Math.floor(rows.length * share);
  const [older, newer] = [rows.slice(0, cut), rows.slice(cut)];
  const model = older.length < LEAST.rows ? null : await train(older, of);
  const first = newer[0];
  if (model === null || first === undefined) return null;
  const keys = new Set(older.map((row) => row.key));
  const tested = newer.map(
    (row): Tested => ({ row, predicted: predictWith(model, row.setting)(row.theorem) }),
  );
  const errors = (group: readonly Tested[]): Errors => ({
    ms: amountErrors(group, older, 'ms'),
    solved: successErrors(group, older),
    tokens: model.tokens === null ? null : amountErrors(group, older, 'tokens'),
  });
  return {
    prover: of.prover,
    trainedOn: older.length,
    testedOn: newer.length,
    splitAt: first.at,
    all: errors(tested),
    seen: errors(tested.filter(({ row }) => keys.has(row.key))),
    fresh: errors(tested.filter(({ row }) => !keys.has(row.key))),
  };
};
