import type { GoalView } from './goal-view.ts';
import { knownOf } from './known.ts';
import { closing, type Step } from './steps.ts';
import type { World } from './world.ts';

const TO_APPLY = 16;
const TO_USE = 6;

/** `exact?` fails at 2,000 on a goal that nothing closes; the first look-up of an instance takes 640 of them. */
const EXACT = 1_500;
const TRY = 4_000;

/** The library and automation asked by Lean's own `exact?` and `try?`. */
export const askingSteps = (view: GoalView): Step[] =>
  /^[∀∃]/.test(view.target)
    ? []
    : [
        { ...closing('exact?', 1, 'exact?', EXACT), suggests: true },
        { ...closing('try?', 2.2, 'try?', TRY), suggests: true },
      ];

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
