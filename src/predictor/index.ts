import type { Prediction, Theorem } from '../model/index.ts';
import type { Store } from '../store/store.ts';

/** What is expected of a theorem; null = no data. */
export type Predict = (theorem: Theorem) => Prediction | null;

/** The predictor for a prover, made of the store's records; null = there are too few of them. */
export const loadPredictor = async (_store: Store, _prover: string): Promise<Predict | null> => null;
