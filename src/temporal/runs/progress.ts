import { runProgressQuery, theoremProgressQuery } from '../../../workflows/messages.ts';
import type {
  Outcome,
  OutcomeCounts,
  RunProgress,
  RunRecord,
  TheoremProgress,
  TheoremResult,
} from '../../model/index.ts';
import type { RunContext } from './context.ts';
import { headOf } from './records.ts';

/** Milliseconds that a worker gets to answer a query. */
const ANSWER_MS = 5_000;
/** Results read from the store at once. */
const PAGE = 200;
/** Theorems at work that are asked where they stand; of more nobody could read the lines. */
const MOST_ASKED = 12;

/** Where a run stands, and the results that were written since the look before. */
export type Look = { readonly progress: RunProgress; readonly fresh: readonly TheoremResult[] };

/**
 * Looks at a run again and again: each look reads what is new in the store, and asks the run's workflow for counts. What it
 * costs and keeps does not grow with the results that are there. Without a worker that answers, the store's counts hold.
 */
export class RunFollower {
  readonly #ctx: RunContext;
  readonly #runId: string;
  readonly #outcomes = new Map<string, Outcome>();
  #spentUsd: number | null = 0;
  #cursor = 0;

  constructor(ctx: RunContext, runId: string) {
    this.#ctx = ctx;
    this.#runId = runId;
  }

  /** Throws RUN_NOT_FOUND. */
  async look(): Promise<Look> {
    const { client, store } = this.#ctx;
    const live = await this.#ask(() => client.workflow.getHandle(this.#runId).query(runProgressQuery));
    // After the answer, so that what it counts as done is read.
    const fresh = await this.#read();
    if (live === null) return { progress: this.#fromStore(await headOf(store, this.#runId)), fresh };
    const [asked, rest] = [live.running.slice(0, MOST_ASKED), live.running.slice(MOST_ASKED)];
    const running = await Promise.all(
      asked.map(async (theorem): Promise<TheoremProgress> => {
        const handle = client.workflow.getHandle(theorem.workflowId);
        return (await this.#ask(() => handle.query(theoremProgressQuery))) ?? theorem;
      }),
    );
    return { progress: { ...live, running: [...running.filter((t) => t.phase !== 'done'), ...rest] }, fresh };
  }

  async #read(): Promise<readonly TheoremResult[]> {
    const fresh: TheoremResult[] = [];
    for (;;) {
      const page = await this.#ctx.store.resultsAfter(this.#runId, this.#cursor, PAGE);
      this.#cursor = page.cursor;
      for (const result of page.results) {
        this.#outcomes.set(result.theoremId, result.outcome);
        const { costUsd } = result.ledger;
        this.#spentUsd = this.#spentUsd === null || costUsd === null ? null : this.#spentUsd + costUsd;
        fresh.push(result);
      }
      if (page.results.length < PAGE) return fresh;
    }
  }

  async #ask<T>(query: () => Promise<T>): Promise<T | null> {
    try {
      return await this.#ctx.connection.withDeadline(Date.now() + ANSWER_MS, query);
    } catch {
      // No worker, a server that is just starting, an expired history: the store answers instead.
      return null;
    }
  }

  #fromStore({ runId, label, state, theoremIds, limits }: RunRecord): RunProgress {
    const outcomes = { solved: 0, unsolved: 0, conditional: 0, refuted: 0, error: 0 } satisfies OutcomeCounts;
    for (const outcome of this.#outcomes.values()) outcomes[outcome] += 1;
    const total = theoremIds.length;
    return {
      ...{ runId, label, state, total, limits, outcomes },
      ...{ running: [], recent: [], spentUsd: this.#spentUsd },
    };
  }
}

/** Where a run stands now. Throws RUN_NOT_FOUND. */
export const progressOf = async (ctx: RunContext, runId: string): Promise<RunProgress> =>
  (await new RunFollower(ctx, runId).look()).progress;
