import type { GoalView } from './goal-view.ts';
import { lastOf, partsOf, reached, type World } from './world.ts';

/** Names to unfold and to use in a goal. */
export type Known = {
  readonly unfold: readonly string[];
  readonly simp: readonly string[];
  readonly use: readonly string[];
};

/** Of the context, for a goal: what `grind` and `simp` may unfold, and the theorems that are there. */
export function knownOf(world: World, view: GoalView): Known {
  const functions = reached(world, view.words).slice(0, 10);
  const words = partsOf(view.words);
  const predicates = [...world.types.values()]
    .filter((t) => t.predicate && words.has(lastOf(t.name)))
    .map((t) => t.name);
  return {
    unfold: [...functions.map((f) => f.name), ...predicates],
    simp: functions.filter((f) => !f.looping).map((f) => f.name),
    use: world.theorems.slice(-8),
  };
}
