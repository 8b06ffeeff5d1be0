import type { GoalView } from './goal-view.ts';
import { knownOf } from './known.ts';
import { closing, type Step } from './steps.ts';
import type { World } from './world.ts';

const TO_APPLY = 16;
const TO_USE = 6;

/** `exact?` may use 2,000 on a goal that nothing closes; the first look-up of an instance takes 640. */
const EXACT = 1_000;
const TRY = 2_500;
/** `exact?` is asked of goals that cost no more than this, `try?` of the theorem itself. */
const NEAR = 1;

/** Lean's own search: `exact?` looks through the library, `try?` through automation and inductions. */
export function askingSteps(view: GoalView, cost: number): Step[] {
  if (/^[∀∃]/.test(view.target) || cost > NEAR) return [];
  const exact = { ...closing('exact?', 1, 'exact?', EXACT), suggests: true };
  return cost > 0 ? [exact] : [exact, { ...closing('try?', 2.2, 'try?', TRY), suggests: true }];
}

/** With theorems that were found in the library for the statement: applied one behind the other, or given to a tactic. */
export function lemmaSteps(view: GoalView, world: World): Step[] {
  const { lemmas } = world;
  if (lemmas.length === 0 || /^[∀∃]/.test(view.target)) return [];
  const { unfold } = knownOf(world, view);
  const some = lemmas.slice(0, TO_USE);
  // As rules to rewrite by, these only lead in circles.
  const rules = lemmas.filter((l) => !/comm|assoc|cancel|intro|antisymm|trans|_of_/.test(l)).slice(0, TO_USE);
  return [
    closing('lemma', 0.9, `solve_by_elim [${lemmas.slice(0, TO_APPLY).join(', ')}]`, 600),
    closing('lemma', 1.1, `simp [${[...unfold, ...rules].join(', ')}]`, 1_000),
    closing('lemma', 1.3, `grind [${[...unfold, ...some].join(', ')}]`, 3_000),
  ];
}
