import type { GoalView } from './goal-view.ts';
import { hugePowers } from './huge.ts';
import { moves } from './moves.ts';
import { arithmetic } from './number-theory.ts';
import { lastOf, partsOf, reached, type World } from './world.ts';

/** One tactic to try on a goal. */
export type Step = {
  /** What kind of step it is, e.g. `grind` or `induction`: statistics are kept by it. */
  readonly name: string;
  readonly tactic: string;
  /** What it costs and how seldom it helps, in units of a quick tactic; the search takes the least sum first. */
  readonly cost: number;
  /** Limit, in thousands. */
  readonly heartbeats: number;
  /** Goals that it leaves count as failure. */
  readonly closes?: boolean;
  /** Says names of hypotheses, so hidden ones get names first. */
  readonly named?: boolean;
};

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` [${names.join(', ')}]`);

/** Names to unfold and to use in a goal. */
export type Known = {
  readonly unfold: readonly string[];
  readonly simp: readonly string[];
  readonly use: readonly string[];
};

/** Of the context, for a goal: what `grind` and `simp` may unfold, and the theorems that are there. */
export function knownOf(world: World, view: GoalView): Known {
  const functions = reached(world, view.words).slice(0, 10);
  const words = partsOf(view.words);
  const predicates = [...world.types.values()]
    .filter((t) => t.predicate && words.has(lastOf(t.name)))
    .map((t) => t.name);
  return {
    unfold: [...functions.map((f) => f.name), ...predicates],
    simp: functions.filter((f) => !f.looping).map((f) => f.name),
    use: world.theorems.slice(-8),
  };
}

const ORDER = /[<>≤≥]|%|∣|\+|-|\*|\^|\//;

/** Steps that close goals or leave simpler ones, the cheapest first. */
function closers(view: GoalView, known: Known): Step[] {
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

/** All steps for a goal, by cost. Those that may run into a bignum are left out: no limit of Lean's ends that. */
export function stepsFor(view: GoalView, world: World): readonly Step[] {
  const powers = hugePowers(view.key);
  if (powers.length > 0) return powers;
  const known = knownOf(world, view);
  return [...closers(view, known), ...moves(view, world), ...arithmetic(view)].toSorted(
    (a, b) => a.cost - b.cost,
  );
}
