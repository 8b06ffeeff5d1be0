import { localCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { withJudged } from './ledger.ts';
import { faultOfVerdict, type StageEnd } from './stage.ts';
import type { TheoremState } from './state.ts';

export const LOCAL = 'local';

/** The local prover's portfolio: one activity on one Lean slot, no model, no money. */
export const proveLocally = async (state: TheoremState): Promise<StageEnd> => {
  await state.gate();
  state.phase = 'local';
  const { runId, theorem, plan } = state.input;
  const judged = await localCalls(plan.lean).proveLocally.executeWithOptions(
    { summary: oneLine(`local prover on ${theorem.name}`) },
    [{ runId, theorem, lean: plan.lean, cache: plan.cache, firstAttempt: state.attempts + 1 }],
  );
  state.attempts += judged.length;
  for (const one of judged) state.ledger = withJudged(state.ledger, one);
  const last = judged.at(-1);
  if (last === undefined) return { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' };
  state.lastVerdict = last.verdict;
  const { submission, verdict, cached } = last;
  if (verdict.status === 'accepted') return found(submission, verdict, cached);
  const fault = faultOfVerdict(verdict);
  if (fault !== null) return { kind: 'fault', fault };
  for (const one of judged)
    if (one.verdict.status === 'conditional') return found(one.submission, one.verdict, one.cached);
  return { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' };
};

type Found = Extract<StageEnd, { kind: 'found' }>['found'];
const found = (submission: Found['submission'], verdict: Found['verdict'], cached: boolean): StageEnd => ({
  kind: 'found',
  found: { prover: LOCAL, submission, verdict, cached },
});
