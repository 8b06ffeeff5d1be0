import { boughtOf } from '../budget/child.ts';
import { mainCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { LOCAL } from './local.ts';
import type { TheoremState } from './state.ts';

/**
 * Goes on where the theorem stood when it ended at a limit: its samples are not asked again, what it took counts
 * against its limits, its refused proofs are remembered, and what had come to its end is not done once more.
 */
export const takeUp = async (state: TheoremState): Promise<void> => {
  const { runId, theorem, plan } = state.input;
  const earlier = await mainCalls.earlierWork.executeWithOptions(
    { summary: oneLine(`what ${theorem.name} has done before in this run`) },
    [{ runId, theoremId: theorem.id }],
  );
  if (earlier === null) return;
  const { ledger, attempts, done, spent, samples, searched } = earlier;
  state.ledger = ledger;
  state.attempts = attempts;
  state.begun = done.length;
  state.samples = [...samples];
  for (const { n, submission, verdict } of samples)
    if (submission !== null && verdict !== null) state.refused.add(submission, verdict, n);
  state.lastVerdict = samples.findLast((a) => a.verdict !== null)?.verdict ?? null;
  state.doneBefore = new Set(done);
  state.searchedBefore = searched;
  state.foundBefore = earlier.found ?? null;
  state.boughtBefore = boughtOf(ledger);
  if (earlier.local && plan.provers.includes(LOCAL))
    state.ended.set(LOCAL, { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' });
  let rest = {
    usd: ledger.costUsd,
    tokens: ledger.inputTokens + ledger.outputTokens + ledger.estimatedTokens,
  };
  for (const { prover, usd, tokens } of spent) {
    state.accountOf(prover).book({ usd, tokens });
    rest = {
      usd: rest.usd === null || usd === null ? null : Math.max(0, rest.usd - usd),
      tokens: Math.max(0, rest.tokens - tokens),
    };
  }
  state.account.book(rest);
};
