import { statedNegation } from '../lean-text/negation.ts';
import { fullText, type Refutation, type Theorem, type TheoremResult } from '../model/index.ts';

export type ProofFile = { readonly name: string; readonly text: string };

/** A file name that no file system refuses and no two theorems of a suite share (ids have no slashes). */
export const proofFileName = (id: string): string => `${id.replace(/^\./, '_')}.lean`;

/** The same of a refuted theorem's negation. */
export const refutationFileName = (id: string): string => `${id.replace(/^\./, '_')}.refuted.lean`;

/** The whole Lean file of a refutation: the theorem with `sorry`, and behind it the negation with its proof. */
export const refutationText = (theorem: Theorem, { statement, submission }: Refutation): string =>
  fullText(statedNegation(theorem, statement), submission);

/**
 * Each solved theorem as a Lean file that stands alone: header, context, statement and proof; of a refuted one the
 * proof of its negation.
 */
export const proofFiles = (
  theorems: readonly Theorem[],
  results: readonly TheoremResult[],
): readonly ProofFile[] => {
  const byId = new Map(theorems.map((t) => [t.id, t]));
  return results.flatMap((r) => {
    const theorem = byId.get(r.theoremId);
    if (theorem !== undefined && r.outcome === 'refuted' && r.refutation)
      return [{ name: refutationFileName(r.theoremId), text: refutationText(theorem, r.refutation) }];
    if (r.outcome !== 'solved' || r.submission === null || theorem === undefined) return [];
    return [{ name: proofFileName(r.theoremId), text: fullText(theorem, r.submission) }];
  });
};
