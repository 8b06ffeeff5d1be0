import { generalisations } from './generalise.ts';
import type { GoalView } from './goal-view.ts';
import { inductions } from './inductions.ts';
import { logic } from './logic.ts';
import { splits } from './splits.ts';
import { move, type Step } from './steps.ts';
import { topLevel } from './terms.ts';
import { inductiveVariables } from './variables.ts';
import { witnesses } from './witnesses.ts';
import { reached, type World } from './world.ts';

/** Steps that change the goal. They say names. */
export function moves(view: GoalView, world: World): Step[] {
  // Names come first: what is said below holds for the goal with names.
  if (view.hypotheses.some((h) => h.hidden)) return [];
  if (startsWithBinder(view.target)) return [move('intro', 0.15, 'intros')];
  const variables = inductiveVariables(view, world);
  return [
    ...unfolded(view, world),
    ...logic(view),
    ...witnesses(view),
    ...inductions(view, variables, world),
    ...splits(view, variables, world),
    ...generalisations(view),
  ];
}

const startsWithBinder = (target: string): boolean => {
  if (target.startsWith('∀')) return true;
  return topLevel(target).includes('→') && !/^[∃¬]/.test(target);
};

/** Definitions that only name something: their meaning is what the other steps can see. */
function unfolded(view: GoalView, world: World): Step[] {
  const names = reached(world, view.words)
    .filter((f) => !f.recursive && !f.matches)
    .map((f) => f.name);
  return names.length === 0 ? [] : [move('unfold', 0.5, `simp only [${names.join(', ')}] at *`)];
}
