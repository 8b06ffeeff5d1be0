import { isCancellation } from '@temporalio/workflow';
import { hintCalls } from '../calls.ts';
import { faultOf } from '../failure.ts';
import { oneLine } from '../text.ts';
import type { TheoremState } from './state.ts';

/** Asks once what library and context have for the theorem. Without an answer the models are asked all the same. */
export const findLemmas = async (state: TheoremState): Promise<void> => {
  const { theorem, plan } = state.input;
  const limit = plan.lemmas ?? 0;
  if (limit === 0 || state.lemmas !== null) return;
  await state.gate();
  state.phase = 'lean';
  try {
    const { lemmas, leanMs } = await hintCalls(plan.lean).hints.executeWithOptions(
      { summary: oneLine(`lemmas for ${theorem.name}`) },
      [{ theorem, lean: plan.lean, limit, cache: plan.cache }],
    );
    state.lemmas = lemmas;
    state.ledger = { ...state.ledger, leanMs: state.ledger.leanMs + leanMs };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { code, message } = faultOf(error);
    state.lemmas = [];
    state.notes.push(`no lemmas were looked up (${code}: ${message})`);
  }
};
