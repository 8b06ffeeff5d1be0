import type { RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { oneLine } from '../../words/one-line.ts';

/** Refreshes the predictor with the records of a run that is over. Nothing that goes wrong here is the run's affair. */
export const learnFrom = async (
  store: Store,
  { plan }: RunRecord,
  say: (line: string) => void,
): Promise<void> => {
  try {
    const { currentModel, proverOf } = await import('../../predictor/index.ts');
    await currentModel(store, proverOf(plan));
  } catch (error) {
    say(`The predictor is as it was: ${oneLine(error instanceof Error ? error.message : String(error))}`);
  }
};
