import type { TheoremResult } from '../../model/index.ts';
import { sum, sumKnown } from './numbers.ts';

export type Cost = {
  readonly modelCalls: number;
  readonly cachedAnswers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of input and output, not bought in this run. */
  readonly cachedTokens: number;
  /** Beside input and output: requests of which nobody knows what was billed, at their upper bound. */
  readonly estimatedTokens: number;
  /** US dollars; null = some price is unknown. */
  readonly usd: number | null;
  readonly estimatedUsd: number;
  /** Null also where nothing is solved. What the theorems that are not solved took is part of it. */
  readonly usdPerSolved: number | null;
};

export const costOf = (results: readonly TheoremResult[]): Cost => {
  const all = (of: Exclude<keyof Cost, 'usd' | 'usdPerSolved'>) => sum(results.map((r) => r.ledger[of]));
  const usd = sumKnown(results.map((r) => r.ledger.costUsd));
  const solved = results.filter((r) => r.outcome === 'solved').length;
  return {
    modelCalls: all('modelCalls'),
    cachedAnswers: all('cachedAnswers'),
    inputTokens: all('inputTokens'),
    outputTokens: all('outputTokens'),
    cachedTokens: all('cachedTokens'),
    estimatedTokens: all('estimatedTokens'),
    usd,
    estimatedUsd: all('estimatedUsd'),
    usdPerSolved: usd === null || solved === 0 ? null : usd / solved,
  };
};
