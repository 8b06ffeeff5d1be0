import { type Attempt, callsIn, isFromStore, type TheoremResult } from '../../model/index.ts';
import type { Bounds } from './interval.ts';

/** How far the model calls of one theorem went. Answers from the store count: they are part of what it took. */
export type Calls = {
  readonly all: number;
  /** The call whose proof was accepted, counted from 1; 0 = no model was needed; null = not solved. */
  readonly toProof: number | null;
  /** It was not solved, and might have been with more calls: a limit or an error ended it, not the last round. */
  readonly cutShort: boolean;
};

/** Calls that were due no later than that of the accepted proof: those before its round, and of its round those up to it. */
const toProof = (result: TheoremResult, attempts: readonly Attempt[]): number => {
  if (isFromStore(result)) return 0;
  const [won] = attempts
    .filter((a) => a.verdict?.status === 'accepted' && a.prover === result.prover)
    // Where all samples of a round were judged, the one that was due first.
    .sort((a, b) => a.round - b.round || a.sample - b.sample);
  // A local proof, or one put together from steps: all calls went before.
  if (won === undefined || won.answer === null || won.kind === 'sketch') return callsIn(result.ledger);
  const isEarlier = (a: Attempt): boolean =>
    a.prover === won.prover && a.kind === undefined ? a.round < won.round : a.n < won.n;
  const earlier = attempts.filter((a) => a.round > 0 && isEarlier(a) && (a.answer ?? a.error) !== null);
  return earlier.length + won.sample + 1;
};

export const callsOf = (result: TheoremResult, attempts: readonly Attempt[]): Calls => ({
  all: callsIn(result.ledger),
  toProof: result.outcome === 'solved' ? toProof(result, attempts) : null,
  cutShort:
    result.outcome === 'error' ||
    (result.outcome !== 'solved' && !['rounds', 'samples', 'proof'].includes(result.stoppedBy)),
});

/** Whether k model calls, repairs counted, were enough; within bounds where the theorem was cut short before. */
export const refineBounds = ({ all, toProof: needed, cutShort }: Calls, k: number): Bounds => {
  if (needed !== null && needed <= k) return { low: 1, high: 1 };
  return { low: 0, high: needed === null && cutShort && all < k ? 1 : 0 };
};
