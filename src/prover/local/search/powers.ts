import type { GoalView } from './goal-view.ts';
import { occursOutsideExponents } from './numbers.ts';
import type { Step } from './steps.ts';

/** Powers whose exponent grows in a step of induction. */
export function powers(view: GoalView): Step[] {
  if (!view.key.includes('^')) return [];
  const steps: Step[] = [
    {
      name: 'powers',
      tactic: 'simp only [Nat.pow_succ, Nat.pow_zero, Nat.pow_mul, Int.pow_succ, Int.pow_zero] at *',
      cost: 1.1,
      heartbeats: 2_000,
    },
    ...(view.target.includes('%')
      ? [
          {
            name: 'powers',
            tactic: 'simp [Nat.pow_add, Nat.pow_mul, Nat.mul_mod, Nat.pow_mod]',
            cost: 0.62,
            heartbeats: 1_000,
            closes: true,
          },
        ]
      : []),
    ...exponentClasses(view),
    {
      name: 'grind',
      tactic: 'grind [Nat.pow_succ, Int.pow_succ]',
      cost: 1.2,
      heartbeats: 3_000,
      closes: true,
    },
  ];
  return steps;
}

/** `n % 4 = 2` of an exponent: `n = 4 * k + 2`. */
function exponentClasses(view: GoalView): Step[] {
  return view.hypotheses.flatMap((h) => {
    const [, name, k, r] = /^(\S+) % (\d+) = (\d+)$/.exec(h.type) ?? [];
    if (name === undefined || h.hidden || occursOutsideExponents(view.target, name)) return [];
    const tactic = [
      `obtain ⟨k, rfl⟩ : ∃ k, ${name} = ${k} * k + ${r} := ⟨${name} / ${k}, by omega⟩`,
      'simp [Nat.pow_add, Nat.pow_mul, Nat.mul_mod, Nat.pow_mod]',
    ].join('\n');
    return [{ name: 'powers', tactic, cost: 0.64, heartbeats: 2_000, closes: true, named: true }];
  });
}
