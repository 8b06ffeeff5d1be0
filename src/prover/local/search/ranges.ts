import type { GoalView } from './goal-view.ts';
import type { NumberVariable } from './numbers.ts';
import type { Step } from './steps.ts';

/** Variables in a small range: every value is tried. `omega` has to see the range, maybe with the help of a product. */
export function ranges(view: GoalView, numbers: readonly NumberVariable[]): Step[] {
  if (!view.hypotheses.some((h) => /[<≤>≥∣=]/.test(h.type) && /\d/.test(h.type))) return [];
  const lower = view.hypotheses
    .filter((h) => !h.hidden && /^(\d+ [<≤]|\S+ [≤<>≥] \S+$)/.test(h.type))
    .slice(0, 3);
  return numbers
    .filter((n) => n.type === 'Nat' && view.words.has(n.name))
    .slice(0, 3)
    .flatMap(({ name }, i) => {
      const expand = '(try simp only [Nat.pow_succ, Nat.pow_zero, Nat.one_mul] at *)';
      const products = ['Nat.mul_le_mul far far', ...lower.map((h) => `Nat.mul_le_mul far ${h.name}`)];
      const nonlinear = /\*|\^/.test(view.key)
        ? products.map((p) => `(refine Nat.lt_of_not_le fun far => ?_; have more := ${p}; ${expand}; omega)`)
        : [];
      const proof = nonlinear.length === 0 ? 'omega' : `first | omega | ${nonlinear.join(' | ')}`;
      return [5, 12, 26].map((bound, j) => {
        const values = Array.from({ length: bound }, (_, v) => v);
        const tactic = [
          `have bound : ${name} < ${bound} := by ${proof}`,
          `have cases : ${values.map((v) => `${name} = ${v}`).join(' ∨ ')} := by omega`,
          'clear bound',
          `rcases cases with ${values.map(() => 'rfl').join(' | ')} <;> first | omega | (simp_all; done) | (simp_all; omega) | grind`,
        ].join('\n');
        const cost = 0.68 + 0.2 * j + 0.02 * i;
        return { name: 'range', tactic, cost, heartbeats: 3_000, closes: true, named: true };
      });
    });
}

/** A divisor of a number that is not 0 is at most that number. */
export function divisors(view: GoalView): Step[] {
  return view.hypotheses
    .filter((h) => !h.hidden && / ∣ \d+$/.test(h.type))
    .slice(0, 2)
    .flatMap((h) => {
      const [, divisor, number] = /^(\S+) ∣ (\d+)$/.exec(h.type) ?? [];
      if (divisor === undefined || Number(number) > 200) return [];
      const values = Array.from({ length: Number(number) + 1 }, (_, v) => v);
      const tactic = [
        `have bound := Nat.le_of_dvd (by decide) ${h.name}`,
        `have cases : ${values.map((v) => `${divisor} = ${v}`).join(' ∨ ')} := by omega`,
        `clear bound`,
        `rcases cases with ${values.map(() => 'rfl').join(' | ')} <;> first | omega | simp_all`,
      ].join('\n');
      return [{ name: 'divisors', tactic, cost: 1.3, heartbeats: 6_000, closes: true, named: true }];
    });
}
