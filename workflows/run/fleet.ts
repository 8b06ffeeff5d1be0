import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { ProveTheoremInput, Theorem, TheoremResult } from '../../src/model/index.ts';
import type { Amount } from '../budget/account.ts';
import { boughtOf } from '../budget/child.ts';
import { endsRun } from '../failure.ts';
import type { TheoremReport } from '../messages.ts';
import { childIdFor, WORKFLOWS } from '../names.ts';
import { childOptions, inFlight, recordInstead, withoutResult } from './child.ts';
import { whyOf } from './reopen.ts';
import type { RunState } from './state.ts';
import type { Theorems } from './theorems.ts';
import type { Taken, Turn } from './turn.ts';
import type { Window } from './window.ts';

/** A theorem's workflow at work, as it is carried on when the run continues as new. */
export type Flight = {
  readonly turn: Turn;
  readonly theorem: Pick<Theorem, 'id' | 'name' | 'difficulty' | 'category'>;
  readonly workflowId: string;
  readonly startedAt: number;
  /** How often the limits had been changed by then. */
  readonly changes: number;
};

/**
 * The theorems of a run that are at work. Their workflows outlive the execution that started them, so each tells its end
 * by a signal to the run's id; what ended without one (it failed, or was ended by other hands) is learned from its start
 * while the execution that started it lives, and by looks at the server afterwards (reconcile.ts).
 */
export class Fleet {
  /** What ends the whole run; the first one. */
  fault: { readonly error: unknown } | null = null;
  /** The run ends: nobody waits long for those that say nothing. */
  ending = false;
  readonly window: Window;
  readonly #state: RunState;
  readonly #theorems: Theorems;
  readonly #flights = new Map<string, Flight>();
  /** Started by other executions: the server tells this one nothing of their ends. */
  readonly #strangers = new Set<string>();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(state: RunState, window: Window, theorems: Theorems, carried: readonly Flight[]) {
    this.#state = state;
    this.window = window;
    this.#theorems = theorems;
    for (const flight of carried) {
      this.#add(flight);
      this.#strangers.add(flight.workflowId);
    }
  }

  throwFault(): void {
    if (this.fault !== null) throw this.fault.error;
  }

  get flights(): readonly Flight[] {
    return [...this.#flights.values()];
  }

  /** Those of whose failure nobody would tell. */
  get strangers(): readonly string[] {
    return [...this.#strangers];
  }

  begin(taken: Taken): void {
    // It is counted as unsolved so far.
    if (taken.starved) this.#state.outcomes.unsolved -= 1;
    this.#track(
      CancellationScope.nonCancellable(() => this.#start(taken)).catch((error: unknown) => {
        this.fault ??= { error };
        // Nothing of it is at work.
        this.window.end(taken.turn, { kind: 'closed' });
      }),
    );
  }

  /** The end of a theorem, by its own report; one that was told before, or that is not of this run, changes nothing. */
  report({ workflowId, result, bought, budget, lacked }: TheoremReport): void {
    const flight = this.#flights.get(workflowId);
    if (flight === undefined) return;
    if (lacked !== undefined) this.#state.funds.lacked(lacked);
    this.#land(flight, result, bought, { budget, lacked });
  }

  /** The end of a theorem that did not report, and left no result. */
  lost(workflowId: string, error: unknown): void {
    const flight = this.#flights.get(workflowId);
    if (flight === undefined) return;
    if (endsRun(error)) this.fault ??= { error };
    const { costUsd, tokens } = this.#state.funds.heldBy(flight.theorem.id);
    const result = withoutResult(flight, error);
    // It has cost nobody knows how much; it may have been all of its allowance.
    this.#land(flight, result, { usd: costUsd ?? 0, tokens: tokens ?? 0 });
    if (!endsRun(error)) this.#track(recordInstead(this.#state.basis.runId, result));
  }

  /** All that was begun here has reached the server: children that start, records that are written. */
  get isSettled(): boolean {
    return this.#pending.size === 0;
  }

  async settled(): Promise<void> {
    await condition(() => this.isSettled);
  }

  /** Ends what is at work, and waits for it. */
  async cancel(): Promise<void> {
    await CancellationScope.nonCancellable(async () => {
      this.ending = true;
      await this.settled();
      // One that has just ended cannot be cancelled, and need not.
      await Promise.allSettled(
        this.flights.map(({ workflowId }) => getExternalWorkflowHandle(workflowId).cancel()),
      );
      await condition(() => this.#flights.size === 0);
      await this.settled();
    });
  }

  async #start({ turn, alone, lacks }: Taken): Promise<void> {
    const state = this.#state;
    const { runId, guard, suite } = state.basis;
    const again = turn.again > 0;
    const theorem = await this.#theorems.at(turn.index, { alone: again });
    const workflowId = childIdFor(runId, theorem.id, turn.again);
    const { id, name, difficulty, category } = theorem;
    const flight: Flight = {
      ...{ turn, workflowId, startedAt: Date.now(), changes: state.changes },
      theorem: {
        ...{ id, name },
        ...(difficulty !== undefined && { difficulty }),
        ...(category !== undefined && { category }),
      },
    };
    const { plan, limits } = state;
    const lanes = alone ? 1 : Math.min(limits.lanes, this.window.waiting + this.window.flying.length);
    const allowance = state.funds.setAside(id, plan.budget, limits, lanes, lacks);
    this.#add(flight);
    const input: ProveTheoremInput = {
      ...{ runId, theorem, plan, guard, suite, allowance, runDeadline: state.deadline, reports: true },
      ...(again && { resumed: true }),
      ...(alone && { alone: true }),
    };
    try {
      const child = await startChild<(input: ProveTheoremInput) => Promise<TheoremResult>>(
        WORKFLOWS.proveTheorem,
        {
          ...childOptions(workflowId, input),
          parentClosePolicy: ParentClosePolicy.ABANDON,
          cancellationType: ChildWorkflowCancellationType.ABANDON,
        },
      );
      child.result().then(
        (result) => this.report({ workflowId, result, bought: boughtOf(result.ledger) }),
        (error: unknown) => this.lost(workflowId, error),
      );
    } catch (error) {
      // Left over from an execution that was ended by other hands: it reports to this one now.
      if (error instanceof WorkflowExecutionAlreadyStartedError) this.#strangers.add(workflowId);
      else this.lost(workflowId, error);
    }
    // Paused while the child was being started: it has not been told.
    if (state.paused)
      await state.inFlight
        .get(id)
        ?.tell({ paused: true })
        .catch(() => {});
  }

  #add(flight: Flight): void {
    const { theorem, workflowId } = flight;
    this.#flights.set(workflowId, flight);
    this.#state.inFlight.set(theorem.id, inFlight(theorem, workflowId));
  }

  #land(
    flight: Flight,
    result: TheoremResult,
    bought: Amount,
    { budget, lacked }: Pick<TheoremReport, 'budget' | 'lacked'> = {},
  ): void {
    const { theorem, workflowId, turn } = flight;
    const state = this.#state;
    this.#flights.delete(workflowId);
    this.#strangers.delete(workflowId);
    state.inFlight.delete(theorem.id);
    state.funds.settle(theorem.id, bought);
    state.done(result);
    const why = whyOf(result, state.plan);
    const paid = bought.usd !== 0 || bought.tokens > 0;
    const raised = why !== null && flight.changes < state.changes && state.opensFor(why, budget);
    if (raised) state.outcomes[result.outcome] -= 1;
    this.window.end(
      turn,
      why === null ? { kind: 'closed' } : { kind: 'limited', why, paid, raised, lacks: lacked },
    );
  }

  #track(work: Promise<unknown>): void {
    this.#pending.add(work);
    const done = () => this.#pending.delete(work);
    work.then(done, (error: unknown) => {
      this.fault ??= { error };
      done();
    });
  }
}
