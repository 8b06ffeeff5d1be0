import type { ExploredGoal } from '../../../../lean/service.ts';
import type { GoalView } from './goal-view.ts';
import type { Proof, SubProof } from './proof.ts';
import type { Step } from './steps.ts';

/** A goal of the tree. It is proved by one move all of whose goals are proved. */
export type Node = {
  readonly goal: ExploredGoal;
  /** As its move left it, before its hypotheses had names. */
  readonly origin: ExploredGoal;
  readonly view: GoalView;
  readonly names: readonly string[];
  readonly cost: number;
  readonly from: Move | null;
  steps: readonly Step[];
  next: number;
  /** Moves that may still prove it. */
  open: number;
  proof: Proof | null;
};

export type Move = {
  readonly parent: Node;
  readonly step: Step;
  readonly goals: readonly ExploredGoal[];
  readonly proofs: (SubProof | null)[];
  dead: boolean;
};

/** Whether a proof of the goal would still help the theorem. */
export function isNeeded(node: Node): boolean {
  for (let at: Node = node; ; at = at.from.parent) {
    if (at.proof !== null) return false;
    if (at.from === null) return true;
    if (at.from.dead) return false;
  }
}
