import type { Judged } from '../../activities/api.ts';
import type { Ledger, ModelAnswer } from '../../src/model/index.ts';
import type { Amount } from '../budget/account.ts';

export const EMPTY_LEDGER: Ledger = {
  cacheMs: 0,
  modelMs: 0,
  leanMs: 0,
  totalMs: 0,
  inputTokens: 0,
  outputTokens: 0,
  modelCalls: 0,
  cachedAnswers: 0,
  costUsd: 0,
  estimatedUsd: 0,
  estimatedTokens: 0,
  estimatedCalls: 0,
  cachedTokens: 0,
  duplicates: 0,
};

export const tokensOf = ({ tokens }: ModelAnswer): number =>
  tokens === null ? 0 : tokens.input + tokens.output + tokens.thoughts;

/** An answer from the store costs nothing now; tokens count either way, because they bound what a theorem may use. */
export const withAnswer = (ledger: Ledger, answer: ModelAnswer): Ledger => ({
  ...ledger,
  modelMs: ledger.modelMs + (answer.cached ? 0 : answer.ms),
  cacheMs: ledger.cacheMs + (answer.cached ? answer.ms : 0),
  inputTokens: ledger.inputTokens + (answer.tokens?.input ?? 0),
  outputTokens: ledger.outputTokens + (answer.tokens?.output ?? 0) + (answer.tokens?.thoughts ?? 0),
  modelCalls: ledger.modelCalls + (answer.cached ? 0 : 1),
  cachedAnswers: ledger.cachedAnswers + (answer.cached && answer.finish !== 'NOT_IN_STORE' ? 1 : 0),
  costUsd: addCost(ledger.costUsd, answer.cached ? 0 : answer.costUsd),
  cachedTokens: ledger.cachedTokens + (answer.cached ? tokensOf(answer) : 0),
});

/** A request of which nobody knows whether it was billed counts as its upper bound; `sign` -1 takes it back. */
export const withEstimate = (ledger: Ledger, { usd, tokens }: Amount, sign: 1 | -1 = 1): Ledger => ({
  ...ledger,
  costUsd: addCost(ledger.costUsd, usd === null ? null : sign * usd),
  estimatedUsd: ledger.estimatedUsd + sign * (usd ?? 0),
  estimatedTokens: ledger.estimatedTokens + sign * tokens,
  estimatedCalls: ledger.estimatedCalls + sign,
});

export const withJudged = (ledger: Ledger, judged: Judged): Ledger => ({
  ...ledger,
  leanMs: ledger.leanMs + judged.leanMs,
  cacheMs: ledger.cacheMs + judged.cacheMs,
});

/** An unknown price makes the sum unknown, never smaller. */
export const addCost = (sum: number | null, cost: number | null): number | null =>
  sum === null || cost === null ? null : sum + cost;
