import type { GoalView } from './goal-view.ts';
import type { Known } from './known.ts';
import type { Step } from './steps.ts';

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` [${names.join(', ')}]`);

const ORDER = /[<>≤≥]|%|∣|\+|-|\*|\^|\//;

/** Steps that close goals or leave simpler ones, the cheapest first. */
export function closers(view: GoalView, known: Known): Step[] {
  const { target } = view;
  const hasVariables = view.hypotheses.length > 0;
  const quantified = /[∀∃]/.test(target);
  const numeric = ORDER.test(view.key) || /\b(Nat|Int|Fin)\b/.test(view.key);
  const bits = /\b(BitVec|U?Int(8|16|32|64))\b/.test(view.key);
  const steps: Step[] = [];
  const close = (name: string, tactic: string, cost: number, heartbeats: number) =>
    steps.push({ name, tactic, cost, heartbeats, closes: true });
  if (!hasVariables) {
    close('decide', 'decide', 0.25, 2_000);
    close('decide', 'decide +kernel', 1.5, 2_000);
  }
  close('rfl', 'rfl', hasVariables ? 0.3 : 0.1, 300);
  if (quantified && view.hypotheses.length === 0) return steps;
  if (numeric) close('omega', 'omega', 0.4, 3_000);
  if (bits) close('bv_omega', 'bv_omega', 0.6, 3_000);
  if (bits) close('bv_decide', 'bv_decide', 1.2, 3_000);
  steps.push({ name: 'simp', tactic: `simp_all${list(known.simp)}`, cost: 0.6, heartbeats: 1_500 });
  close('grind', `grind${list(known.unfold)}`, 0.7, 3_000);
  if (known.use.length > 0) {
    close('grind', `grind${list([...known.unfold, ...known.use])}`, 0.9, 3_000);
    steps.push({
      name: 'simp',
      tactic: `simp_all${list([...known.simp, ...known.use])}`,
      cost: 1,
      heartbeats: 1_500,
    });
  }
  if (known.unfold.length > 0) close('grind', 'grind', 1.1, 1_500);
  return steps;
}
