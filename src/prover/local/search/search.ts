import type { ExploredGoal, ProofExplorer, ProofStep } from '../../../../lean/service.ts';
import { type GoalView, viewOf } from './goal-view.ts';
import { namesFor } from './names.ts';
import type { Proof, SubProof } from './proof.ts';
import { type Step, stepsFor } from './steps.ts';
import type { World } from './world.ts';

export type SearchLimits = {
  /** Heartbeats of all steps together, in thousands: decides, so that the result does not depend on the machine. */
  readonly heartbeats: number;
  /** Of the whole search; an outer limit. */
  readonly wallMs: number;
};

export type SearchOptions = {
  readonly world: World;
  readonly limits: SearchLimits;
  /** What experience makes of a step's cost. */
  readonly cost: (step: Step) => number;
  readonly signal?: AbortSignal | undefined;
};

export type SearchResult = { readonly proof: Proof | null; readonly names: readonly string[] };

/** Of the clock, for one step: what takes longer hangs. */
const STEP_MS = 3_000;
/** What a step that hung or ended Lean is charged, in thousands of heartbeats. */
const HUNG = 2_000;
const DEEPER = 0.3;
const MOST_GOALS = 400;

/** A goal of the tree. It is proved by one move all of whose goals are proved. */
type Node = {
  readonly goal: ExploredGoal;
  readonly view: GoalView;
  readonly names: readonly string[];
  readonly cost: number;
  readonly from: Move | null;
  readonly steps: readonly Step[];
  next: number;
  /** Moves that may still prove it. */
  open: number;
  proof: Proof | null;
};

type Move = {
  readonly parent: Node;
  readonly step: Step;
  readonly goals: readonly ExploredGoal[];
  readonly proofs: (SubProof | null)[];
  dead: boolean;
};

/** Best first over the goals of a theorem: the step with the least cost on the least costly way is taken next. */
export class Search {
  readonly #explorer: ProofExplorer;
  readonly #options: SearchOptions;
  readonly #queue: Node[] = [];
  readonly #seen = new Set<string>();
  readonly #ends: number;
  #steps = 0;
  #used = 0;
  #hung = false;
  #root: Node | null = null;

  constructor(explorer: ProofExplorer, options: SearchOptions) {
    this.#explorer = explorer;
    this.#options = options;
    this.#ends = performance.now() + options.limits.wallMs;
  }

  /** Tactics run so far. */
  get steps(): number {
    return this.#steps;
  }
  /** Heartbeats used so far, in thousands. */
  get used(): number {
    return this.#used;
  }
  /** The clock had a part in how it ended, so that another machine may find another end. */
  get hitClock(): boolean {
    return this.#hung || performance.now() >= this.#ends;
  }

  /** Searches for a proof of a goal until so many heartbeats (thousands) are used in all; forgets an earlier search. */
  async prove(goal: ExploredGoal, until: number): Promise<SearchResult> {
    this.#queue.length = 0;
    this.#seen.clear();
    this.#root = await this.#node(goal, 0, null);
    return this.resume(until);
  }

  /** Goes on with the goal of `prove`. */
  async resume(until: number): Promise<SearchResult> {
    const root = this.#root;
    while (root !== null && root.proof === null && this.#used < until && performance.now() < this.#ends) {
      const node = this.#take();
      if (node === null) break;
      await this.#try(node, node.steps[node.next++]!);
    }
    return { proof: root?.proof ?? null, names: root?.names ?? [] };
  }

  /** Runs a tactic within the limits of the search. */
  async run(goal: ExploredGoal, tactic: string, heartbeats: number): Promise<ProofStep> {
    this.#options.signal?.throwIfAborted();
    const wallMs = Math.max(50, Math.min(STEP_MS, this.#ends - performance.now()));
    const step = await this.#explorer.run(goal, asOne(tactic), { heartbeats, wallMs });
    this.#steps += 1;
    this.#used += 'used' in step ? step.used : HUNG;
    this.#hung ||= step.status === 'timeout' || step.status === 'crashed';
    return step;
  }

  /** The goal whose next step is the cheapest; the older one where two are the same. */
  #take(): Node | null {
    let best: Node | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const node of this.#queue) {
      const step = node.steps[node.next];
      if (step === undefined || !isNeeded(node)) continue;
      const cost = node.cost + this.#options.cost(step);
      if (cost < least) [best, least] = [node, cost];
    }
    return best;
  }

  async #try(node: Node, step: Step): Promise<void> {
    const done = await this.run(node.goal, step.tactic, step.heartbeats);
    if (done.status === 'goals' && (done.goals.length === 0 || step.closes !== true)) {
      const move: Move = {
        parent: node,
        step,
        goals: done.goals,
        proofs: done.goals.map(() => null),
        dead: false,
      };
      node.open += 1;
      await this.#advance(move, node.cost + this.#options.cost(step) + DEEPER);
    }
    if (node.next >= node.steps.length) this.#exhausted(node);
  }

  /** Takes up the next goal of a move; the last ones first, since steps of induction come behind their beginnings. */
  async #advance(move: Move, cost: number): Promise<void> {
    for (let i = move.goals.length - 1; i >= 0; i -= 1) {
      if (move.proofs[i] !== null) continue;
      const child = await this.#node(move.goals[i]!, cost, move);
      if (child === null) this.#kill(move);
      return;
    }
    await this.#proved(move);
  }

  async #proved(move: Move): Promise<void> {
    const { parent, step } = move;
    if (parent.proof !== null) return;
    parent.proof = {
      goal: parent.goal,
      name: step.name,
      tactic: step.tactic,
      goals: move.proofs.map((p) => p!),
    };
    const above = parent.from;
    if (above === null) return;
    const at = above.goals.indexOf(this.#origin.get(parent)!);
    above.proofs[at] = { tag: parent.view.tag, names: parent.names, proof: parent.proof };
    await this.#advance(above, above.parent.cost + this.#options.cost(above.step) + DEEPER);
  }

  readonly #origin = new Map<Node, ExploredGoal>();

  /** A goal with names for all of its hypotheses; null for one that is known already. */
  async #node(goal: ExploredGoal, cost: number, from: Move | null): Promise<Node | null> {
    if (this.#queue.length >= MOST_GOALS) return null;
    const printed = viewOf(goal.text);
    const names = namesFor(printed);
    let [own, view] = [goal, printed];
    if (names.length > 0) {
      const named = await this.run(goal, `rename_i ${names.join(' ')}`, 500);
      if (named.status === 'goals' && named.goals[0] !== undefined) {
        own = named.goals[0];
        view = { ...viewOf(own.text), tag: printed.tag };
      }
    }
    const key = view.key;
    if (this.#seen.has(key)) return null;
    this.#seen.add(key);
    const steps = stepsFor(view, this.#options.world);
    const ordered = steps.toSorted((a, b) => this.#options.cost(a) - this.#options.cost(b));
    const node: Node = { goal: own, view, names, cost, from, steps: ordered, next: 0, open: 0, proof: null };
    this.#origin.set(node, goal);
    this.#queue.push(node);
    return node;
  }

  #exhausted(node: Node): void {
    if (node.proof === null && node.open === 0 && node.from !== null) this.#kill(node.from);
  }

  /** A move that cannot be finished; its goal may be done for with it. */
  #kill(move: Move): void {
    if (move.dead) return;
    move.dead = true;
    move.parent.open -= 1;
    if (move.parent.next >= move.parent.steps.length) this.#exhausted(move.parent);
  }
}

/** Several lines are one tactic in brackets. */
const asOne = (tactic: string): string => (tactic.includes('\n') ? `(\n${tactic}\n)` : tactic);

/** Whether a proof of the goal would still help the theorem. */
function isNeeded(node: Node): boolean {
  for (let at: Node = node; ; at = at.from.parent) {
    if (at.proof !== null) return false;
    if (at.from === null) return true;
    if (at.from.dead) return false;
  }
}
