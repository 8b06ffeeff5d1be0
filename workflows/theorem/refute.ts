import type { RefuteEffort } from '../../src/model/index.ts';
import { localCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import type { Ending } from './result.ts';
import type { TheoremState } from './state.ts';

const LOOK = {
  glance: 'glance for a small counterexample before the local search',
  quick: 'look for a small counterexample before a model is asked',
  full: 'look for a proof of the negation, since nobody proved it',
} as const;

/** Looks for a proof of the theorem's negation, if the plan says so; no model, no money. */
export const refute = async (state: TheoremState, effort: RefuteEffort): Promise<Ending | null> => {
  const { theorem, plan } = state.input;
  if (plan.refute !== true) return null;
  await state.gate();
  state.phase = 'refute';
  const { refutation, leanMs } = await localCalls(plan.lean).refute.executeWithOptions(
    { summary: oneLine(`${LOOK[effort]}: ${theorem.name}`) },
    [{ theorem, lean: plan.lean, cache: plan.cache, effort }],
  );
  state.ledger = { ...state.ledger, leanMs: state.ledger.leanMs + leanMs };
  if (refutation === null) return null;
  if (refutation.counterexample !== undefined) state.notes.push(`false for ${refutation.counterexample}`);
  return { kind: 'refuted', refutation };
};
