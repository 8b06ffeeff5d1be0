import type { ExploredGoal, ProofStep } from '../../../../lean/service.ts';
import { stepsFor } from './choices.ts';
import { viewOf } from './goal-view.ts';
import { askingSteps, lemmaSteps } from './lemma-steps.ts';
import { namesFor } from './names.ts';
import type { Proof } from './proof.ts';
import type { Runner } from './runner.ts';
import type { Step } from './steps.ts';
import { firstThatCloses } from './suggestions.ts';
import { isNeeded, type Move, type Node } from './tree.ts';
import type { World } from './world.ts';

export type SearchOptions = {
  readonly world: World;
  /** What experience makes of a step's cost. */
  readonly cost: (step: Step) => number;
};

export type SearchResult = { readonly proof: Proof | null; readonly names: readonly string[] };

const DEEPER = 0.3;
const MOST_GOALS = 400;
/** Goals that cost no more than an induction. */
const NEAR = 2;

/** Best first over the goals of a theorem: the step with the least cost on the least costly way is taken next. */
export class Search {
  readonly #runner: Runner;
  #options: SearchOptions;
  readonly #queue: Node[] = [];
  readonly #seen = new Set<string>();
  #root: Node | null = null;

  constructor(runner: Runner, options: SearchOptions) {
    this.#runner = runner;
    this.#options = options;
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
    while (root !== null && root.proof === null && this.#runner.used < until && !this.#runner.late) {
      const node = this.#take();
      if (node === null) break;
      await this.#try(node, node.steps[node.next++]!);
    }
    return { proof: root?.proof ?? null, names: root?.names ?? [] };
  }

  /** Theorems that were found later: what is open near the theorem gets the steps with them, and asks Lean's own search. */
  offer(lemmas: readonly string[]): void {
    const world = { ...this.#options.world, lemmas };
    this.#options = { ...this.#options, world };
    for (const node of this.#queue) {
      if (node.proof !== null || node.cost > NEAR) continue;
      const left = [
        ...node.steps.slice(node.next),
        ...askingSteps(node.view, node.cost),
        ...lemmaSteps(node.view, world),
      ];
      node.steps = left.toSorted((a, b) => this.#options.cost(a) - this.#options.cost(b));
      node.next = 0;
    }
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
    const done = await this.#runner.run(node.goal, step.tactic, step.heartbeats, step.suggests);
    const made = done.status === 'goals' ? await this.#made(node, step, done) : null;
    if (done.status === 'goals' && made !== null) {
      const move: Move = {
        parent: node,
        step: made,
        goals: done.goals,
        proofs: done.goals.map(() => null),
        dead: false,
      };
      node.open += 1;
      await this.#advance(move, node.cost + this.#options.cost(step) + DEEPER);
    }
    if (node.next >= node.steps.length) this.#exhausted(node);
  }

  /** The step as it stands in a proof; null where it did not do what it is for. */
  async #made(node: Node, step: Step, { goals, said }: Extract<ProofStep, { status: 'goals' }>) {
    if (goals.length > 0) return step.closes === true ? null : step;
    if (step.suggests !== true) return step;
    const tactic = await firstThatCloses(node.goal, said, this.#runner);
    return tactic === null ? null : { ...step, tactic };
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
    const at = above.goals.indexOf(parent.origin);
    above.proofs[at] = { tag: parent.view.tag, names: parent.names, proof: parent.proof };
    await this.#advance(above, above.parent.cost + this.#options.cost(above.step) + DEEPER);
  }

  /** A goal with names for all of its hypotheses; null for one that is known already. */
  async #node(goal: ExploredGoal, cost: number, from: Move | null): Promise<Node | null> {
    if (this.#queue.length >= MOST_GOALS) return null;
    const printed = viewOf(goal.text);
    const names = namesFor(printed);
    let [own, view] = [goal, printed];
    if (names.length > 0) {
      const named = await this.#runner.run(goal, `rename_i ${names.join(' ')}`, 500);
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
    const node: Node = {
      goal: own,
      origin: goal,
      view,
      names,
      cost,
      from,
      steps: ordered,
      next: 0,
      open: 0,
      proof: null,
    };
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
