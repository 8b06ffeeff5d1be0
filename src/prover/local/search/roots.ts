import type { GoalView } from './goal-view.ts';
import type { Step } from './steps.ts';

/** Roots of a polynomial: what is claimed of a variable as a product that is 0. */
export function roots(view: GoalView): Step[] {
  const parts = view.target.split(' ∨ ').map((p) => /^\(?([^=≠<>≤≥∧¬]+) = ([^=≠<>≤≥∧]+?)\)?$/.exec(p));
  if (parts.length > 3 || parts.some((p) => p === null)) return [];
  const differences = parts.map((p) => `((${p![1]!.trim()}) - (${p![2]!.trim()}))`);
  const type = view.hypotheses.find((h) => h.type === 'Int' || h.type === 'Rat')?.type;
  if (type === undefined || !/\^|\*/.test(view.key)) return [];
  const [only] = differences;
  const product = differences.length === 1 ? `${only} * ${only}` : differences.join(' * ');
  const names = differences.length === 1 ? 'r | r' : differences.length === 2 ? 'r | r' : '(r | r) | r';
  const lemma = type === 'Int' ? 'Int.mul_eq_zero' : 'Rat.mul_eq_zero';
  const split =
    differences.length < 3
      ? [`rcases ${lemma}.mp zero with ${names} <;> grind`]
      : [`rcases ${lemma}.mp zero with r | r`, `· rcases ${lemma}.mp r with r | r <;> grind`, '· grind'];
  const tactic = [`have zero : ${product} = 0 := by grind`, ...split].join('\n');
  return [{ name: 'roots', tactic, cost: 0.66, heartbeats: 3_000, closes: true, named: true }];
}
