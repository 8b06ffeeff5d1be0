import { closest } from 'fastest-levenshtein';
import { ProofloopError, type Theorem } from '../../model/index.ts';

export type Selection = {
  readonly id?: readonly string[] | undefined;
  readonly pattern?: RegExp | undefined;
  readonly limit?: number | undefined;
};

/**
 * The theorems asked for, in suite order: named ones, of these what matches, of these the first `limit`.
 * Throws THEOREM_NOT_FOUND.
 */
export const select = (theorems: readonly Theorem[], by: Selection): Theorem[] => {
  const ids = theorems.map((t) => t.id);
  for (const id of by.id ?? [])
    if (!ids.includes(id)) {
      const near = ids.length === 0 ? '' : `; did you mean '${closest(id, ids)}'?`;
      throw new ProofloopError('THEOREM_NOT_FOUND', `the suite has no theorem '${id}'${near}`);
    }
  const chosen = theorems
    .filter((t) => by.id === undefined || by.id.includes(t.id))
    .filter((t) => by.pattern === undefined || by.pattern.test(t.id) || by.pattern.test(t.category ?? ''))
    .slice(0, by.limit);
  if (chosen.length === 0)
    throw new ProofloopError(
      'THEOREM_NOT_FOUND',
      `no theorem of ${theorems.length} matches ${String(by.pattern)}`,
    );
  return chosen;
};
