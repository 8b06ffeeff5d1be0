import { fullText, type Theorem, type TheoremResult } from '../model/index.ts';

export type ProofFile = { readonly name: string; readonly text: string };

/** A file name that no file system refuses and no two theorems of a suite share (ids have no slashes). */
export const proofFileName = (id: string): string => `${id.replace(/^\./, '_')}.lean`;

/** Each solved theorem as a Lean file that stands alone: header, context, statement and proof. */
export const proofFiles = (
  theorems: readonly Theorem[],
  results: readonly TheoremResult[],
): readonly ProofFile[] => {
  const byId = new Map(theorems.map((t) => [t.id, t]));
  return results.flatMap((r) => {
    const theorem = byId.get(r.theoremId);
    if (r.outcome !== 'solved' || r.submission === null || theorem === undefined) return [];
    return [{ name: proofFileName(r.theoremId), text: fullText(theorem, r.submission) }];
  });
};
