import type { CommandAnswer, InstanceRequest, TacticAnswer } from './protocol.ts';

type Command = Extract<InstanceRequest, { kind: 'command' }>;
type Tactic = Extract<InstanceRequest, { kind: 'tactic' }>;
type Copy = Extract<InstanceRequest, { kind: 'copy' }>;

/** What was run, without the ids that it stood on. */
export type Step = Omit<Command, 'env'> | Omit<Tactic, 'proofState'> | Omit<Copy, 'proofState'>;

/** One request that Lean answered, or that will be run when it is needed. */
export type Made = {
  readonly step: Step;
  /** What it stood on: the environment of another, or one of its proof states. */
  readonly parent: Node | null;
  /** How many proof states it gave; null: not run yet. */
  states: number | null;
  /** Ids of what it gave in the instance `owner`: environment, and proof states in order. They live as long as that. */
  at: { readonly owner: object; readonly env: number | null; readonly states: readonly number[] } | null;
};
export type State = { readonly made: Made; readonly index: number };
/** The environment or a proof state of a request. */
export type Node = Made | State;

const isState = (node: Node): node is State => 'made' in node;
const madeOf = (node: Node): Made => (isState(node) ? node.made : node);

export const fresh = (step: Step, parent: Node | null): Made => ({ step, parent, states: null, at: null });

/** The id of a node in an instance; null when it is not there. */
export function idIn(node: Node, owner: object): number | null {
  const { at } = madeOf(node);
  if (at?.owner !== owner) return null;
  return isState(node) ? (at.states[node.index] ?? null) : at.env;
}

/** Ids of the proof states that an instance gave with an answer, in the order in which it gave them. */
export function stateIds(answer: CommandAnswer | TacticAnswer): number[] {
  const items = [...(answer.sorries ?? []), ...('tactics' in answer ? (answer.tactics ?? []) : [])];
  const ids = items.map(({ proofState }) => proofState);
  if ('proofState' in answer) ids.push(answer.proofState);
  return ids.toSorted((a, b) => a - b);
}

/** Notes what an instance answered. False: it gave another number of proof states than before. */
export function settle(made: Made, answer: CommandAnswer | TacticAnswer, owner: object): boolean {
  const states = stateIds(answer);
  made.states ??= states.length;
  made.at = { owner, env: 'env' in answer ? answer.env : null, states };
  return made.states === states.length;
}

/** What has to run (again), in order, before `node` is in the instance. */
export function missing(node: Node, owner: object): Made[] {
  const chain: Made[] = [];
  for (let next: Node | null = node; next !== null; next = madeOf(next).parent) {
    if (madeOf(next).at?.owner === owner) break;
    chain.push(madeOf(next));
  }
  return chain.reverse();
}

/** A step with the proof state of the step before it that it stands on, by position; null: on its environment. */
export type Link = { readonly step: Step; readonly on: number | null };

/** The whole chain of steps behind a node, its own included. */
export function lineage(node: Node): Link[] {
  const links: Link[] = [];
  for (let next: Node | null = node; next !== null; next = madeOf(next).parent) {
    const { step, parent }: Made = madeOf(next);
    links.push({ step, on: parent !== null && isState(parent) ? parent.index : null });
  }
  return links.reverse();
}

/** The opposite of `lineage`: nothing of it has run. Null when the links do not hang together. */
export function planted(links: readonly Link[]): Made | null {
  let last: Made | null = null;
  for (const { step, on } of links) {
    const inProof = step.kind !== 'command';
    if (inProof !== (on !== null)) return null;
    if (last === null ? inProof : !inProof && last.step.kind !== 'command') return null;
    last = fresh(step, on === null ? last : { made: last!, index: on });
  }
  return last;
}

export const resultOf = (node: Node): number | null => (isState(node) ? node.index : null);

/** A step as a request on its parent; null when the parent is not in the instance. */
export function requestOf({ step, parent }: Made, owner: object): InstanceRequest | null {
  const id = parent === null ? null : idIn(parent, owner);
  if (step.kind === 'command') return parent !== null && id === null ? null : { ...step, env: id };
  return id === null ? null : { ...step, proofState: id };
}
