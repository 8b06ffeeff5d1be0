import type { Price } from '../config/config.ts';
import { boundOf } from './prices.ts';
import type { ModelProver, PromptSpec } from './prover.ts';

export type BoundBy = {
  /** Tokens of a request that are neither system nor user text: roles, turns and the like. */
  readonly frameTokens: number;
  readonly maxOutputTokens: number;
  /** Milliseconds: the price may change while a request is under way. */
  readonly timeoutMs: number;
  readonly prices: readonly Price[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** What a request may take at most, whoever is asked: a prompt has fewer tokens than bytes, and the output has its limit. */
export const upperBound = ({
  frameTokens,
  maxOutputTokens,
  timeoutMs,
  prices,
  now,
}: BoundBy): Pick<ModelProver, 'upperBoundUsd' | 'upperBoundTokens'> => {
  const most = ({ system, user }: PromptSpec): number =>
    Buffer.byteLength(system) + Buffer.byteLength(user) + frameTokens;
  return {
    upperBoundUsd: (prompt) => {
      const from = now();
      return boundOf(prompt.model, most(prompt), maxOutputTokens, { from, to: from + timeoutMs }, prices);
    },
    upperBoundTokens: (prompt) => most(prompt) + maxOutputTokens,
  };
};
