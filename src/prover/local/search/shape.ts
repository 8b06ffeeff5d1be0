import type { GoalView } from './goal-view.ts';
import { reached, type World } from './world.ts';

/** The kind of a theorem, coarse enough that others are of the same: what experience is kept by. */
export function shapeOf(view: GoalView, world: World): string {
  const about = reached(world, view.words).length > 0 ? 'program' : 'library';
  const types = ['List', 'Rat', 'Int', 'Nat', 'Bool', 'BitVec'].filter((t) => view.words.has(t)).slice(0, 1);
  const { target } = view;
  const relation = /^∃/.test(target)
    ? 'exists'
    : /[∧∨↔→¬]/.test(target)
      ? 'logic'
      : /∣|%/.test(target)
        ? 'divides'
        : /[<≤>≥]/.test(target)
          ? 'order'
          : /=/.test(target)
            ? 'equation'
            : 'other';
  return [about, ...types, relation].join(' ');
}
