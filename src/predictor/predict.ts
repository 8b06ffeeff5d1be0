import type { Interval, Prediction, Theorem } from '../model/index.ts';
import { calibrated } from './calibrate.ts';
import { columnsOf, fromLog, groupOf } from './cases.ts';
import type { Setting } from './features.ts';
import { askForest } from './forest.ts';
import { expected, NO_PAST } from './history.ts';
import type { Amount, Model } from './model.ts';
import { theoremKey } from './rows.ts';

const NOTHING: Interval = { mean: 0, low: 0, high: 0 };

/** What is typical, and what is to be expected: the second is larger, since times have a long tail. */
export type Detailed = Prediction & { readonly typicalMs: number; readonly typicalTokens: number };

const times = ({ mean, low, high }: Interval, factor: number): Interval => ({
  mean: mean * factor,
  low: low * factor,
  high: high * factor,
});

/** Predicts with a model. `setting`: what the run will allow; where it is not given, what the newest record was allowed. */
export const predictWith =
  (model: Model, setting: Setting = model.setting) =>
  (theorem: Theorem): Detailed => {
    const key = theoremKey(theorem);
    const past = Object.hasOwn(model.past, key) ? (model.past[key] ?? NO_PAST) : null;
    const group = past === null ? null : groupOf(key);
    const x = columnsOf({ theorem, setting }, model.similar);

    const amount = ({ forest, trust, seen, fresh }: Amount, own: readonly number[]) => {
      const value = expected(askForest(forest, x, group), own, trust);
      const spread = own.length > 0 ? seen : fresh;
      const low = fromLog(value + spread.low);
      const high = fromLog(value + spread.high);
      const mean = Math.min(high, Math.max(low, fromLog(value) * spread.smear));
      return { typical: fromLog(value), interval: { mean, low, high } };
    };

    const ms = amount(model.ms, past?.ms ?? []);
    const tokens =
      model.tokens === null ? { typical: 0, interval: NOTHING } : amount(model.tokens, past?.tokens ?? []);
    const { forest, trust, curve } = model.solved;
    const score = expected(askForest(forest, x, group), past?.solved ?? [], trust);
    return {
      ms: ms.interval,
      probability: calibrated(curve, score),
      tokens: tokens.interval,
      usd: model.usdPerToken === null ? null : times(tokens.interval, model.usdPerToken),
      basis: past !== null && (past.ms.length > 0 || past.solved.length > 0) ? 'history' : 'similar',
      typicalMs: ms.typical,
      typicalTokens: tokens.typical,
    };
  };
