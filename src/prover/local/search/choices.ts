import { closers } from './closers.ts';
import type { GoalView } from './goal-view.ts';
import { hugePowers } from './huge.ts';
import { knownOf } from './known.ts';
import { moves } from './moves.ts';
import { arithmetic } from './number-theory.ts';
import type { Step } from './steps.ts';
import type { World } from './world.ts';

/** All steps for a goal, by cost. Those that may run into a bignum are left out: no limit of Lean's ends that. */
export function stepsFor(view: GoalView, world: World): readonly Step[] {
  const powers = hugePowers(view.key);
  if (powers.length > 0) return powers;
  const known = knownOf(world, view);
  return [...closers(view, known), ...moves(view, world), ...arithmetic(view)].toSorted(
    (a, b) => a.cost - b.cost,
  );
}
