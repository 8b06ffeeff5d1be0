import { condition } from '@temporalio/workflow';
import type { Theorem, TheoremResult } from '../../src/model/index.ts';
import { proveInChild } from './child.ts';
import type { RunState } from './state.ts';
import type { Theorems } from './theorems.ts';

/** A theorem that stopped for want of money while others held theirs: it may be tried with what they left. */
const starved = (state: RunState, result: TheoremResult): boolean =>
  result.stoppedBy === 'cost' &&
  state.limits.costUsd !== null &&
  (state.plan.budget.costUsd === null || (result.ledger.costUsd ?? 0) < state.plan.budget.costUsd);

/**
 * Keeps as many children in flight as there are lanes, until no theorem is left or `stop` says so; then waits for
 * those in flight. Returns those that starved. The first fault ends the fan-out and is thrown.
 */
export const runLanes = async (
  state: RunState,
  theorems: Theorems,
  stop: () => boolean,
): Promise<readonly Theorem[]> => {
  const hungry: Theorem[] = [];
  let inLanes = 0;
  let fault: { readonly error: unknown } | null = null;
  const over = () => fault !== null || stop() || !theorems.left;
  const lane = async (theorem: Theorem) => {
    try {
      const left = theorems.count - theorems.offset;
      const result = await proveInChild(state, theorem, {
        lanes: Math.min(state.limits.lanes, left + inLanes),
      });
      if (starved(state, result)) hungry.push(theorem);
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

/** Tries starved theorems once more, one at a time, each with all the money that is left. */
export const feedStarved = async (state: RunState, hungry: readonly Theorem[]): Promise<void> => {
  for (const theorem of hungry) {
    await state.gate();
    const before = state.results.get(theorem.id);
    const free = state.money.free(state.limits.costUsd) ?? 0;
    if (free <= (before?.ledger.costUsd ?? 0)) continue;
    await proveInChild(state, theorem, { lanes: 1, again: 1 });
  }
};
