import { commandText, type RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { theoremsOf } from '../../suite/of-run.ts';
import type { Io } from '../io.ts';

/** The proofs of a run as Lean text on standard output. */
export const printProofs = async (io: Io, store: Store, run: RunRecord): Promise<void> => {
  const theorems = await theoremsOf(store, run);
  for (const id of run.theoremIds) {
    const result = run.results.find((r) => r.theoremId === id);
    const theorem = theorems(id);
    if (result?.outcome === 'solved' && result.submission !== null && theorem !== null)
      io.out(`${commandText(theorem.statement, result.submission).trim()}\n`);
  }
};
