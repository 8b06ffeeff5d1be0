import type { GoalView, Hypothesis } from './goal-view.ts';
import { move, type Step } from './steps.ts';
import { topLevel } from './terms.ts';

/** Connectives and quantifiers of the goal and of its hypotheses. */
export function logic(view: GoalView): Step[] {
  const top = topLevel(view.target);
  const steps: Step[] = [];
  if (/^¬/.test(view.target) || /^[^∃∀]* ≠ /.test(view.target)) steps.push(move('intro', 0.75, 'intro h'));
  if (top.includes('↔') || (top.includes('∧') && !top.includes('∨') && !/^[∃∀]/.test(view.target)))
    steps.push(move('constructor', 0.9, 'constructor'));
  else if (top.includes('∨')) steps.push(move('left', 1.6, 'left'), move('right', 1.6, 'right'));
  if (/=/.test(view.target) && /^fun /.test(view.target)) steps.push(move('funext', 0.6, 'funext x'));
  const open = view.hypotheses.filter((x) => !x.hidden).slice(-8);
  const apart = takenApart(view, open);
  if (apart.length > 0) steps.push(move('obtain', 0.4, apart.join('\n')));
  for (const { name, type } of open) {
    const parts = topLevel(type);
    if (/^[∀∃¬]/.test(type) || parts.includes('→')) continue;
    if (parts.includes('∨')) steps.push(move('cases', 1.3, `rcases ${name} with ${name} | ${name}`));
    else if (parts.includes('∣') && parts.length >= 3 && !parts.includes('∧'))
      steps.push(move('obtain', 1.5, `obtain ⟨k, ${name}⟩ := ${name}`));
  }
  return steps;
}

/** What is said with `∃` and `∧` in hypotheses, all at once. */
function takenApart(view: GoalView, hypotheses: readonly Hypothesis[]): string[] {
  const taken = new Set(view.words);
  const fresh = (wish: string): string => {
    let name = wish;
    for (let n = 1; taken.has(name); n += 1) name = `${wish}${n}`;
    taken.add(name);
    return name;
  };
  return hypotheses.flatMap(({ name, type }) => {
    const parts = topLevel(type);
    if (type.startsWith('∃')) return [`obtain ⟨${fresh('w')}, ${name}⟩ := ${name}`];
    // What stands behind a quantifier belongs to it.
    const inside = parts.findIndex((t) => t === '∀' || t === '∃');
    const outside = parts.slice(0, inside < 0 ? undefined : inside);
    const both = outside.includes('∧') && !outside.some((t) => t === '∨' || t === '→' || t === '↔');
    return both ? [`obtain ⟨${name}, ${fresh(`${name}'`)}⟩ := ${name}`] : [];
  });
}
