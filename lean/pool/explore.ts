import type { Challenge } from '../../src/model/index.ts';
import { InstanceDied, type LeanInstance } from '../backend.ts';
import type { ProofRequest } from '../embedded/search/protocol.ts';
import type { ExploredGoal, ProofExplorer, ProofStep, StepLimits } from '../service.ts';
import type { Seat } from './seat.ts';

/** Hosts that may die around one step before it is held against the step. */
const FOREIGN_DEATHS = 2;
/** To elaborate the statement, and to go a known way again. */
const OPEN = { heartbeats: 200_000, wallMs: 20_000 };

export type ExploreOptions = {
  readonly seat: Seat;
  readonly header: string;
  readonly challenge: Challenge;
  readonly signal: AbortSignal | undefined;
  /** Called when an instance starts on the work. */
  readonly started: () => void;
};

/** How a goal came about; null: it is the theorem itself. */
type Origin = { readonly parent: ExploredGoal; readonly tactic: string; readonly index: number } | null;

/**
 * The proof states of one theorem on one seat. An instance that is gone is replaced, and the goals that are asked for
 * again are reached by the steps that led to them, so a step that ends the instance costs only itself.
 */
export class SeatExplorer implements ProofExplorer {
  readonly #options: ExploreOptions;
  readonly #origins = new Map<ExploredGoal, Origin>();
  #instance: LeanInstance | null = null;
  /** State numbers in the present instance. */
  #states = new Map<ExploredGoal, number>();
  #root: ExploredGoal | null = null;

  constructor(options: ExploreOptions) {
    this.#options = options;
  }

  async open(): Promise<ExploredGoal | string> {
    if (this.#root !== null) return this.#root;
    const step = await this.#guarded(null, () => this.#open());
    if (step.status !== 'goals') return step.status === 'failed' ? step.error : `Lean: ${step.status}`;
    const [root] = step.goals;
    return root ?? 'the statement has no goal';
  }

  run(goal: ExploredGoal, tactic: string, limits: StepLimits): Promise<ProofStep> {
    return this.#guarded(goal, async (instance, state) => {
      const { heartbeats } = limits;
      const began = performance.now();
      const request = { kind: 'run', state: state!, tactic, heartbeats } as const;
      const answer = await this.#ask(instance, request, limits.wallMs);
      const ms = performance.now() - began;
      if (answer === null) return { status: 'timeout', ms };
      if (answer.status === 'failed') return { ...answer, ms };
      const goals = answer.goals.map(({ text, state: number }, index) => {
        const made: ExploredGoal = { text };
        this.#origins.set(made, { parent: goal, tactic, index });
        this.#states.set(made, number);
        return made;
      });
      return { status: 'goals', goals, used: answer.used, said: answer.said, ms };
    });
  }

  async relevant(limit: number): Promise<readonly string[]> {
    const { seat, header, challenge, signal } = this.#options;
    const instance = await seat.ready(false, header, signal);
    try {
      const job = { challenge, options: OPEN };
      const lemmas = (await instance.relevant?.(job, { limit }, signal)) ?? [];
      return lemmas.map((l) => l.name);
    } catch (error) {
      if (!(error instanceof InstanceDied)) throw error;
      await seat.discard(instance);
      signal?.throwIfAborted();
      return [];
    }
  }

  /** Releases what the instance holds for it. */
  async close(): Promise<void> {
    const instance = this.#instance;
    if (instance?.alive === true)
      await instance.proof!({ kind: 'close' }, OPEN.wallMs).catch(() => undefined);
  }

  async #guarded(
    goal: ExploredGoal | null,
    work: (instance: LeanInstance, state: number | null) => Promise<ProofStep>,
  ): Promise<ProofStep> {
    const { seat, header, signal } = this.#options;
    const began = performance.now();
    const ms = () => performance.now() - began;
    for (let foreign = 0; ; ) {
      signal?.throwIfAborted();
      const instance = await seat.ready(false, header, signal);
      this.#options.started();
      if (instance !== this.#instance) {
        this.#instance = instance;
        this.#states = new Map();
      }
      try {
        const state = goal === null ? null : await this.#reach(instance, goal);
        if (goal !== null && state === null)
          return { status: 'failed', error: 'the goal is gone', used: 0, ms: ms() };
        const step = await work(instance, state);
        if (!instance.alive) await seat.discard(instance);
        return step;
      } catch (error) {
        if (!(error instanceof InstanceDied)) throw error;
        await seat.discard(instance);
        signal?.throwIfAborted();
        if (error.own || ++foreign >= FOREIGN_DEATHS)
          return { status: 'crashed', detail: error.fault, ms: ms() };
      }
    }
  }

  async #open(): Promise<ProofStep> {
    const instance = this.#instance!;
    const { challenge } = this.#options;
    const { heartbeats } = OPEN;
    const began = performance.now();
    const answer = await this.#ask(instance, { kind: 'open', challenge, heartbeats }, OPEN.wallMs);
    const ms = performance.now() - began;
    if (answer === null) return { status: 'timeout', ms };
    const first = answer.status === 'goals' ? answer.goals[0] : undefined;
    if (answer.status === 'failed') return { ...answer, ms };
    if (first === undefined) return { status: 'goals', goals: [], used: 0, said: [], ms };
    if (this.#root === null) {
      this.#root = { text: first.text };
      this.#origins.set(this.#root, null);
    }
    this.#states.set(this.#root, first.state);
    return { status: 'goals', goals: [this.#root], used: 0, said: [], ms };
  }

  /** The goal's state in this instance, made again where it was lost; null when that fails. */
  async #reach(instance: LeanInstance, goal: ExploredGoal): Promise<number | null> {
    const known = this.#states.get(goal);
    if (known !== undefined) return known;
    const origin = this.#origins.get(goal);
    if (origin === undefined) return null;
    if (origin === null) {
      await this.#open();
      return this.#states.get(goal) ?? null;
    }
    const state = await this.#reach(instance, origin.parent);
    if (state === null) return null;
    const { heartbeats, wallMs } = OPEN;
    const again = await this.#ask(
      instance,
      { kind: 'run', state, tactic: origin.tactic, heartbeats },
      wallMs,
    );
    if (again?.status !== 'goals') return null;
    const found = again.goals[origin.index]?.state;
    if (found === undefined) return null;
    this.#states.set(goal, found);
    return found;
  }

  #ask(instance: LeanInstance, request: ProofRequest, wallMs: number) {
    return instance.proof!(request, wallMs, this.#options.signal);
  }
}
