import type { GoalView } from './goal-view.ts';
import { move, type Step } from './steps.ts';
import { applications, equation } from './terms.ts';

/**
 * After a step of induction (Boyer and Moore): the hypothesis is used from right to left on one side of the equation, then a
 * term that both sides have is made a variable, and what was left of the hypothesis goes.
 */
export function generalisations(view: GoalView): Step[] {
  const goal = equation(view.target);
  if (goal === null) return [];
  const steps: Step[] = [];
  const ihs = view.hypotheses.filter((h) => !h.hidden && /^ih/.test(h.name));
  for (const ih of ihs) {
    if (equation(ih.type) === null) continue;
    for (const side of ['rhs', 'lhs']) {
      steps.push(move('fertilise', 1.6, `conv => ${side}; rw [← ${ih.name}]`));
      steps.push(move('fertilise', 1.6, `conv => ${side}; rw [${ih.name}]`));
    }
  }
  const common = sharedTerms(goal.left, goal.right);
  common.slice(0, 3).forEach((term, i) => {
    const clear = ihs.length > 0 ? `\nclear ${ihs.map((h) => h.name).join(' ')}` : '';
    steps.push(move('generalize', 1.3 + 0.3 * i, `generalize ${term} = z${clear}`));
  });
  return steps;
}

/** Applications that both sides have, smaller ones first. */
function sharedTerms(left: string, right: string): string[] {
  const of = (text: string) => applications(text).map(({ head, args }) => [head, ...args].join(' '));
  const there = new Set(of(right));
  return of(left)
    .filter((t) => there.has(t))
    .toSorted((a, b) => a.length - b.length);
}
