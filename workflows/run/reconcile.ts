import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { boughtOf } from '../budget/child.ts';
import { mainCalls } from '../calls.ts';
import { failureOf } from '../failure.ts';
import type { Fleet } from './fleet.ts';

/** Milliseconds between two looks at theorems that another execution of the run has started. */
export const LOOK_MS = 30_000;
/** The same once the run is being ended. */
const ENDING_MS = 2_000;

/**
 * While `body` runs, looks from time to time whether theorems that another execution started have ended without a report:
 * terminated, timed out, or failed. Those of this execution need no looks, and a run without others has no timer.
 */
export const reconciling = async <T>(fleet: Fleet, everyMs: number, body: () => Promise<T>): Promise<T> => {
  const looking = new CancellationScope();
  // Also while the run is being cancelled, and waits for the ends of its theorems.
  const looks = CancellationScope.nonCancellable(() => looking.run(() => look(fleet, everyMs)));
  looks.catch(() => {});
  try {
    return await body();
  } finally {
    looking.cancel();
    await CancellationScope.nonCancellable(() => looks.catch(() => {}));
  }
};

const look = async (fleet: Fleet, everyMs: number): Promise<void> => {
  for (;;) {
    await condition(() => fleet.strangers.length > 0);
    // Woken early when the run is being ended.
    if (!fleet.ending) await condition(() => fleet.ending, everyMs);
    else await sleep(Math.min(everyMs, ENDING_MS));
    const workflowIds = fleet.strangers;
    if (workflowIds.length === 0) continue;
    const ends = await mainCalls.lookAtTheorems.executeWithOptions(
      { summary: `look at ${workflowIds.length} theorems that went on across a new execution` },
      [{ workflowIds }],
    );
    for (const { workflowId, end } of ends) {
      if (end.kind === 'ended')
        fleet.report({ workflowId, result: end.result, bought: boughtOf(end.result.ledger) });
      if (end.kind === 'failed') fleet.lost(workflowId, failureOf(end));
    }
  }
};
