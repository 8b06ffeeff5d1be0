import { allHandlersFinished, condition, makeContinueAsNewFunc } from '@temporalio/workflow';
import { type Proofs, targetsOf, theoremFor } from '../src/lean-text/assemble.ts';
import type { ProveFileInput } from '../src/model/index.ts';
import { checked, guarded } from './failure.ts';
import { proveInChild } from './run/child.ts';
import { type RunSummary, runToEnd } from './run/lifecycle.ts';
import { type Carried, RunState } from './run/state.ts';

export type FileProgress = {
  readonly carried?: Carried & { readonly offset: number };
  readonly proofs?: Proofs;
  readonly historyLimit?: number;
};

/**
 * Proves the targets of a file in file order, one at a time, because each accepted proof stands in the context of
 * the theorems behind it. One that is only conditional stays `sorry` there.
 */
export async function proveFile(raw: ProveFileInput, before: FileProgress = {}): Promise<RunSummary> {
  return guarded(async () => {
    const input = checked(raw, 'runId', 'file', 'plan', 'limits', 'guard');
    const { runId, path, file, limits, guard } = input;
    // One theorem at a time has nothing to gather.
    const { batch: _, ...plan } = input.plan;
    const total = targetsOf(file).length;
    const state = new RunState(
      { runId, label: path, suite: path, total, plan, limits, guard },
      before.carried,
    );
    return runToEnd(state, async () => {
      const proofs: Record<string, Proofs[string]> = { ...before.proofs };
      for (let index = before.carried?.offset ?? 0; index < total; index++) {
        await state.gate();
        const theorem = theoremFor(file, index, proofs);
        const result = await proveInChild(state, theorem);
        if (result.outcome === 'solved' && result.submission !== null) proofs[theorem.id] = result.submission;
        if (index + 1 < total && state.historyIsLong(before.historyLimit)) {
          await condition(allHandlersFinished);
          await continueAsNew(input, { ...before, carried: { ...state.carry(), offset: index + 1 }, proofs });
        }
      }
    });
  });
}

const continueAsNew = makeContinueAsNewFunc<typeof proveFile>();
