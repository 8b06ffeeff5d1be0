import { condition } from '@temporalio/workflow';
import type { Ledger, Theorem, TheoremResult } from '../../src/model/index.ts';
import { proveInChild } from './child.ts';
import type { RunState } from './state.ts';
import type { Theorems } from './theorems.ts';

/** A theorem that stopped for want of money or tokens while others held theirs, and what it took so far. */
export type Hungry = { readonly theorem: Theorem; readonly ledger: Ledger };

const starved = ({ stoppedBy, stoppedScope }: TheoremResult): boolean =>
  stoppedScope === 'run' && (stoppedBy === 'cost' || stoppedBy === 'tokens');

/**
 * Keeps as many children in flight as there are lanes, until no theorem is left or `stop` says so; then waits for
 * those in flight. Returns those that starved. The first fault ends the fan-out and is thrown.
 */
export const runLanes = async (
  state: RunState,
  theorems: Theorems,
  stop: () => boolean,
): Promise<readonly Hungry[]> => {
  const hungry: Hungry[] = [];
  let inLanes = 0;
  let fault: { readonly error: unknown } | null = null;
  const over = () => fault !== null || stop() || !theorems.left;
  const lane = async (theorem: Theorem) => {
    try {
      const left = theorems.count - theorems.offset;
      const result = await proveInChild(state, theorem, {
        lanes: Math.min(state.limits.lanes, left + inLanes),
      });
      if (starved(result)) hungry.push({ theorem, ledger: result.ledger });
    } catch (error) {
      fault ??= { error };
    } finally {
      inLanes -= 1;
    }
  };
  const running: Promise<void>[] = [];
  try {
    for (;;) {
      await condition(() => over() || (!state.paused && inLanes < state.limits.lanes));
      if (over()) break;
      const theorem = await theorems.next();
      if (theorem === undefined) break;
      inLanes += 1;
      running.push(lane(theorem));
    }
  } finally {
    // Also when the run is cancelled: it ends after its theorems have.
    await Promise.all(running);
  }
  const failed = fault as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
  return hungry;
};

/**
 * Tries starved theorems once more, one at a time, each with all that is left. When that is not enough for a single
 * request of one, it is left at that.
 */
export const feedStarved = async (state: RunState, hungry: readonly Hungry[]): Promise<void> => {
  for (const { theorem, ledger } of hungry) {
    await state.gate();
    if (state.funds.money.free(state.limits.costUsd) === 0) return;
    const result = await proveInChild(state, theorem, { lanes: 1, again: 1, before: ledger });
    if (starved(result) && result.ledger.modelCalls === ledger.modelCalls) return;
  }
};
