import type { GoalView } from './goal-view.ts';
import type { NumberVariable } from './numbers.ts';
import type { Step } from './steps.ts';

/** Facts about products that linear arithmetic lacks: squares, and products of what is not negative. */
export function products(view: GoalView, numbers: readonly NumberVariable[]): Step[] {
  if (!/\*|\^/.test(view.key) || !/[<≤>≥=]/.test(view.target)) return [];
  const ints = view.hypotheses.filter((h) => !h.hidden && (h.type === 'Int' || h.type === 'Rat'));
  const naturals = numbers.filter((n) => n.type === 'Nat').map((n) => n.name);
  const steps: Step[] = [];
  const squares = ints.flatMap((a, i) => ints.slice(i + 1).map((b) => `${a.name} - ${b.name}`));
  const all = [...squares, ...ints.map((a) => a.name), ...squares.map((s) => s.replace(' - ', ' + '))];
  if (ints.length > 0 && ints.length <= 4) {
    const integers = ints[0]!.type === 'Int';
    const chosen = (of: readonly string[]) =>
      of.map((s) =>
        integers ? `have := Int.mul_self_nonneg (${s})` : `have := Rat.mul_self_nonneg (a := ${s})`,
      );
    for (const [cost, of] of [
      [1.4, squares],
      [1.9, all],
    ] as const)
      if (of.length > 0)
        steps.push({
          name: 'squares',
          tactic: [...chosen(of.slice(0, 9)), 'grind'].join('\n'),
          cost,
          heartbeats: 4_000,
          closes: true,
          named: true,
        });
  }
  if (naturals.length > 0 && naturals.length <= 3) {
    const pairs = naturals.flatMap((a, i) => naturals.slice(i + 1).map((b) => [a, b] as const));
    const orders = pairs.map(
      ([a, b]) =>
        `rcases Nat.le_total ${a} ${b} with h | h <;> obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le h <;> grind`,
    );
    for (const tactic of orders)
      steps.push({ name: 'order', tactic, cost: 2, heartbeats: 4_000, closes: true, named: true });
  }
  return steps;
}

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
