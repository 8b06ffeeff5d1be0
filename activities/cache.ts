import { z } from 'zod';
import { ProofloopError, type Theorem, theoremSchema } from '../src/model/index.ts';
import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';
import { boundedVerdict } from './bounds.ts';
import { checkGuard } from './guard.ts';
import { caseOf, type JudgingDeps } from './judging.ts';

type CacheActivities = Pick<MainActivities, 'lookupProof' | 'loadTheorems'>;

const theoremsSchema = z.array(theoremSchema);

/** The look-up of known proofs, and pages of a run's theorems. Throws STORE_UNUSABLE where the store lacks them. */
export const cacheActivities = (deps: JudgingDeps): CacheActivities => {
  /** A run pages through one blob; parsing it once for each page would cost more than keeping it. */
  let last: { readonly sha256: string; readonly theorems: readonly Theorem[] } | null = null;

  const stored = async (sha256: string): Promise<readonly Theorem[]> => {
    if (last?.sha256 === sha256) return last.theorems;
    const text = await deps.store.getText(sha256);
    if (text === null)
      throw new ProofloopError(
        'STORE_UNUSABLE',
        `the store lacks the theorems of the run (text ${sha256}, store ${deps.store.location})`,
      );
    last = { sha256, theorems: theoremsSchema.parse(JSON.parse(text)) };
    return last.theorems;
  };

  return {
    lookupProof: ({ theorem, lean, guard, cache }) =>
      brief(async () => {
        checkGuard(guard, deps.store);
        if (!cache) return null;
        const from = deps.now();
        const proof = await deps.store.getProof((await caseOf(deps, theorem, lean)).proofKey);
        if (proof === null) return null;
        const { submission, verdict } = proof;
        const cacheMs = deps.now() - from;
        return { submission, verdict: boundedVerdict(verdict), cached: true, leanMs: 0, cacheMs };
      }),

    loadTheorems: ({ source, guard, offset, limit }) =>
      brief(async () => {
        checkGuard(guard, deps.store);
        const all = source.kind === 'inline' ? source.theorems : await stored(source.sha256);
        return all.slice(offset, offset + limit);
      }),
  };
};
