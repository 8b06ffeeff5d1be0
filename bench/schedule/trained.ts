import type { Prediction } from '../../src/model/index.ts';
import { predictWith } from '../../src/predictor/predict.ts';
import { type Row, theoremKey } from '../../src/predictor/rows.ts';
import { train } from '../../src/predictor/train.ts';
import type { RecordedTime, Rounds } from './recorded.ts';

/** What the product's own predictor says of each theorem, by suite and id. */
export type Trained = ReadonlyMap<string, Prediction>;

export const keyOf = ({ suite, id }: Pick<RecordedTime, 'suite' | 'id'>): string => `${suite}/${id}`;

/** As `rowsOf` makes them of a store: the work of a theorem, its outcome, and the text that features are read from. */
const rowsOf = (before: readonly RecordedTime[], { theorems }: Rounds): readonly Row[] =>
  before.flatMap((row, at): Row[] => {
    const theorem = theorems.get(keyOf(row));
    if (theorem === undefined || row.outcome === 'error') return [];
    return [
      {
        ...{ key: theoremKey(theorem), theorem, at, setting: { answers: 0, wallMs: null } },
        ...{ ms: Math.min(row.ms, row.leanMs), solved: row.outcome === 'solved', tokens: 0, usd: 0 },
      },
    ];
  });

const SEED = 1;

const trainedOn = async (before: readonly RecordedTime[], rounds: Rounds) => {
  const training = { prover: 'local', product: 'bench', seed: SEED, at: 0, runs: 1, through: 0 };
  const model = await train(rowsOf(before, rounds), training);
  if (model === null) throw new Error(`too few records for the predictor: ${before.length}`);
  return predictWith(model);
};

/** Trained on the whole first round, in the order in which its theorems ran. */
export const trained = async (rounds: Rounds): Promise<Trained> => {
  const predict = await trainedOn(rounds.asRun, rounds);
  return new Map(rounds.round.map((row) => [keyOf(row), predict(rounds.theorems.get(keyOf(row))!)]));
};

/** Each fifth of the theorems by a predictor that was trained on the other four fifths of the first round. */
const FOLDS = 5;

/** What it says of theorems that it has never seen. */
export const trainedOnOthers = async (rounds: Rounds): Promise<Trained> => {
  const foldOf = new Map(rounds.round.map((row, i) => [keyOf(row), i % FOLDS]));
  const folds = await Promise.all(
    Array.from({ length: FOLDS }, async (_, fold) => {
      const isHeld = (row: RecordedTime) => foldOf.get(keyOf(row)) === fold;
      const predict = await trainedOn(
        rounds.asRun.filter((row) => !isHeld(row)),
        rounds,
      );
      const held = rounds.round.filter(isHeld);
      return held.map((row) => [keyOf(row), predict(rounds.theorems.get(keyOf(row))!)] as const);
    }),
  );
  return new Map(folds.flat());
};
