import type { GoalView } from './goal-view.ts';
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
  for (const h of view.hypotheses.filter((x) => !x.hidden).slice(-8)) {
    const parts = topLevel(h.type);
    const name = h.name;
    if (h.type.startsWith('∃')) steps.push(move('obtain', 0.5, `obtain ⟨w, ${name}⟩ := ${name}`));
    else if (parts.includes('∧') && !parts.includes('∨') && !/^[∀]/.test(h.type) && !parts.includes('→'))
      steps.push(move('obtain', 0.5, `obtain ⟨${name}, ${name}'⟩ := ${name}`));
    else if (parts.includes('∨') && !/^[∀]/.test(h.type) && !parts.includes('→'))
      steps.push(move('cases', 1.3, `rcases ${name} with ${name} | ${name}`));
    else if (parts.includes('∣') && parts.length >= 3 && !/^[∀∃¬]/.test(h.type) && !parts.includes('→'))
      steps.push(move('obtain', 1.5, `obtain ⟨k, ${name}⟩ := ${name}`));
  }
  return steps;
}
