import { CancellationScope } from '@temporalio/workflow';
import type { Attempt, TheoremResult } from '../../src/model/index.ts';
import { mainCalls } from '../calls.ts';
import { attemptSummary, resultSummary } from '../summaries.ts';
import type { TheoremState } from './state.ts';

/**
 * Records beside the work: an attempt is written while the next one is under way, and also when the theorem
 * is being cancelled. `settled` waits for all of them; a store that cannot be written to is a fault there.
 */
export class Records {
  #pending: Promise<void>[] = [];

  attempt(state: TheoremState, attempt: Attempt): void {
    const { runId, theorem } = state.input;
    const { category, difficulty } = theorem;
    this.#add(() =>
      mainCalls.recordAttempt.executeWithOptions({ summary: attemptSummary(attempt) }, [
        {
          ...{ runId, theoremId: theorem.id, attempt },
          ...(category !== undefined && { category }),
          ...(difficulty !== undefined && { difficulty }),
        },
      ]),
    );
  }

  result(runId: string, result: TheoremResult): void {
    this.#add(() =>
      mainCalls.recordResult.executeWithOptions({ summary: resultSummary(result) }, [{ runId, result }]),
    );
  }

  async settled(): Promise<void> {
    await CancellationScope.nonCancellable(() => Promise.all(this.#pending));
  }

  #add(write: () => Promise<void>): void {
    const written = CancellationScope.nonCancellable(write);
    // Looked at in `settled`; until then a failure must not count as unhandled.
    written.catch(() => {});
    this.#pending.push(written);
  }
}
