import { z } from 'zod';
import { theoremFor } from '../lean-text/assemble.ts';
import {
  leanFileSchema,
  type RunRecord,
  type Submission,
  type Theorem,
  type TheoremResult,
  theoremSchema,
} from '../model/index.ts';
import type { Store } from '../store/store.ts';

/** Gives the theorems of a run as they were attempted, whatever became of the suite or the file since. */
export type Theorems = (id: string) => Theorem | null;

/** Accepted proofs by theorem id. */
export const proofsOf = (results: readonly TheoremResult[]): Record<string, Submission> =>
  Object.fromEntries(
    results.flatMap((r) =>
      r.outcome === 'solved' && r.submission !== null ? [[r.theoremId, r.submission]] : [],
    ),
  );

/** Reads what the run was started on from the store; where that is gone no theorem is known. */
export const theoremsOf = async (store: Store, run: RunRecord): Promise<Theorems> => {
  const sha256 = run.provenance.source;
  const text = sha256 === undefined ? null : await store.getText(sha256);
  if (text === null) return () => null;
  if (run.kind === 'suite') {
    const byId = new Map(
      z
        .array(theoremSchema)
        .parse(JSON.parse(text))
        .map((t) => [t.id, t]),
    );
    return (id) => byId.get(id) ?? null;
  }
  const file = leanFileSchema.parse(JSON.parse(text));
  const proofs = proofsOf(run.results);
  return (id) => {
    const index = run.theoremIds.indexOf(id);
    return index < 0 ? null : theoremFor(file, index, proofs);
  };
};
