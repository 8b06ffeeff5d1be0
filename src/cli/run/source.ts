import { z } from 'zod';
import { theoremFor } from '../../lean-text/assemble.ts';
import { leanFileSchema, type RunRecord, type Theorem, theoremSchema } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';

/**
 * What a run was started on. It lies as JSON under its sha256 in the store and the run's provenance names it, so that
 * `logs` can quote source lines and `retry` can start again when the suite or file has long changed.
 */
export const runSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('suite'),
    name: z.string(),
    sha256: z.string(),
    theorems: z.array(theoremSchema).readonly(),
  }),
  z.object({ kind: z.literal('file'), path: z.string(), file: leanFileSchema }),
]);
export type RunSource = Readonly<z.infer<typeof runSourceSchema>>;

const KEY = 'source';

export const keepSource = async (store: Store, source: RunSource): Promise<Record<string, string>> => ({
  [KEY]: await store.putText(JSON.stringify(source)),
});

/** The source of a run, or null if it is no longer there. */
export const sourceOf = async (store: Store, run: RunRecord): Promise<RunSource | null> => {
  const sha256 = run.provenance[KEY];
  const text = sha256 === undefined ? null : await store.getText(sha256);
  return text === null ? null : runSourceSchema.parse(JSON.parse(text));
};

export const theoremIdsOf = (source: RunSource): string[] =>
  source.kind === 'suite'
    ? source.theorems.map((t) => t.id)
    : source.file.pieces.flatMap((piece) => (piece.kind === 'target' ? [piece.id] : []));

/** A theorem as it was when it was attempted: in a file, with the proofs of the run before it in place. */
export const theoremOf = (source: RunSource, run: RunRecord, id: string): Theorem | null => {
  if (source.kind === 'suite') return source.theorems.find((t) => t.id === id) ?? null;
  const index = theoremIdsOf(source).indexOf(id);
  return index < 0 ? null : theoremFor(source.file, index, proofsOf(run.results));
};

/** Accepted proofs by theorem id. */
export const proofsOf = (results: RunRecord['results']) =>
  Object.fromEntries(
    results.flatMap((r) =>
      r.outcome === 'solved' && r.submission !== null ? [[r.theoremId, r.submission]] : [],
    ),
  );
