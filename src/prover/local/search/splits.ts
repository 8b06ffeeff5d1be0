import type { GoalView, Hypothesis } from './goal-view.ts';
import { move, type Step } from './steps.ts';
import { FINITE, MOST_VARIABLES } from './variables.ts';
import type { World } from './world.ts';

/** Cases of conditions, matches and variables. */
export function splits(view: GoalView, variables: readonly Hypothesis[], world: World): Step[] {
  const steps: Step[] = [];
  if (/\b(if|match)\b/.test(view.target)) steps.push(move('split', 0.8, 'split'));
  if (view.hypotheses.some((h) => /\b(if|match)\b/.test(h.type)))
    steps.push(move('split', 1.2, 'split at *'));
  variables.slice(0, MOST_VARIABLES).forEach((v, i) => {
    const own = world.types.get(v.type);
    const plain = own?.plain === true || FINITE.has(v.type);
    // Functions take their arguments apart one behind the other, so behind an induction the next one is due.
    const due = view.hypotheses.some((h) => /^ih/.test(h.name));
    steps.push(move('cases', (plain ? 1 : due ? 1.3 : 2.2) + 0.3 * i, `cases ${v.name}`));
  });
  return steps;
}
