import { powerClasses } from './classes.ts';
import { facts } from './facts.ts';
import { boundedSearch } from './finite.ts';
import type { GoalView } from './goal-view.ts';
import { instances } from './instances.ts';
import { numbersOf } from './numbers.ts';
import { powers } from './powers.ts';
import { products } from './products.ts';
import { divisors, ranges } from './ranges.ts';
import { residues } from './residues.ts';
import { roots } from './roots.ts';
import type { Step } from './steps.ts';

/** Steps of arithmetic beyond linear: residues, finite ranges, squares, divisors. */
export function arithmetic(view: GoalView): Step[] {
  const numbers = numbersOf(view);
  // What is claimed to exist is given first.
  if (/^[∃∀]/.test(view.target)) return [...facts(view), ...instances(view)];
  return [
    ...residues(view, numbers),
    ...powers(view),
    ...powerClasses(view),
    ...facts(view),
    ...boundedSearch(view, numbers),
    ...ranges(view, numbers),
    ...products(view, numbers),
    ...divisors(view),
    ...roots(view),
    ...instances(view),
  ];
}
