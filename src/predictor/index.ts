import type { AttemptPlan, Prediction, RunRecord, Theorem } from '../model/index.ts';
import type { Store } from '../store/store.ts';
import { version } from '../version.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Model, parseModel } from './model.ts';
import { predictWith } from './predict.ts';
import { finishedRuns, proverOf, type Row, rowsOf, settingOf } from './rows.ts';
import { type Training, train } from './train.ts';

export { proverOf, workMs } from './rows.ts';

/** What is expected of a theorem; null = no data. */
export type Predict = (theorem: Theorem) => Prediction | null;

/** The same records give the same model. */
const SEED = 1;

const trainingOf = (prover: string, runs: readonly RunRecord[]): Training => {
  const own = runs.filter((run) => proverOf(run.plan) === prover);
  return {
    ...{ prover, product: version(), at: Date.now(), seed: SEED, runs: own.length },
    through: Math.max(0, ...own.map((run) => run.endedAt ?? run.startedAt)),
  };
};

const stored = async (store: Store, prover: string) => {
  const latest = await store.latestPredictor(prover);
  const model = latest === null ? null : parseModel(latest.json, version());
  return { model, version: latest?.version ?? 0 };
};

/** Whether no run has ended since the model was trained. */
const isOf = (model: Model | null, { runs, through }: Training): boolean =>
  model?.runs === runs && model.through === through;

/**
 * The model of a prover's records as they are now: the stored one if no run has ended since, else one that is trained now
 * and stored. null = no data.
 */
export const currentModel = async (
  store: Store,
  prover: string,
  how: { readonly anew?: boolean } = {},
): Promise<Model | null> => {
  const runs = await finishedRuns(store);
  const training = trainingOf(prover, runs);
  if (training.runs === 0) return null;
  const { model: before } = await stored(store, prover);
  if (how.anew !== true && isOf(before, training)) return before;
  const model = await train(await rowsOf(store, prover, runs), training);
  if (model !== null) await store.putPredictor(prover, { at: model.trainedAt, json: JSON.stringify(model) });
  return model;
};

/**
 * The predictor for a prover (`proverOf` its plan), made of the store's records; null = there are too few of them. With
 * `plan` it predicts for what that plan allows, else for what the newest run allowed.
 */
export const loadPredictor = async (
  store: Store,
  prover: string,
  plan?: Pick<AttemptPlan, 'provers' | 'budget'>,
): Promise<Predict | null> => {
  const model = await currentModel(store, prover);
  if (model === null) return null;
  const predict = predictWith(model, plan === undefined ? undefined : settingOf(plan));
  return (theorem) => {
    const { typicalMs: _ms, typicalTokens: _tokens, ...prediction } = predict(theorem);
    return prediction;
  };
};

/** Provers of which the store has runs that are over. */
export const proversSeen = async (store: Store): Promise<readonly string[]> =>
  [...new Set((await finishedRuns(store)).map((run) => proverOf(run.plan)))].sort();

const records = async (store: Store, prover: string): Promise<readonly Row[]> =>
  rowsOf(store, prover, await finishedRuns(store));

export const recordsOf = async (store: Store, prover: string): Promise<number> =>
  (await records(store, prover)).length;

/** What is stored of a prover as it is; nothing is trained. */
export const storedModel = async (store: Store, prover: string) => ({
  ...(await stored(store, prover)),
  current: isOf((await stored(store, prover)).model, trainingOf(prover, await finishedRuns(store))),
  records: await recordsOf(store, prover),
});

/** How a model of the older records does on the newer ones; null = no data. */
export const evaluateProver = async (
  store: Store,
  prover: string,
  share: number,
): Promise<{ readonly evaluation: Evaluation | null; readonly records: number }> => {
  const rows = await records(store, prover);
  const training = trainingOf(prover, await finishedRuns(store));
  return { evaluation: await evaluate(rows, share, training), records: rows.length };
};
