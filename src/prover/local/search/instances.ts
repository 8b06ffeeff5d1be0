import type { GoalView } from './goal-view.ts';
import { closing, type Step } from './steps.ts';

const NUMBERS = /^(Nat|Int|Rat)$/;

/** Hypotheses for all numbers, said of those at hand: values of functional equations. */
export function instances(view: GoalView): Step[] {
  const laws = view.hypotheses.filter((h) => !h.hidden && /^∀/.test(h.type)).slice(0, 3);
  const points = view.hypotheses.filter((h) => !h.hidden && NUMBERS.test(h.type)).map((h) => h.name);
  const terms = ['0', '1', ...points].slice(0, 4);
  const said = laws.flatMap((h) => {
    const [, binder, type] = /^∀ ([^:,]+|\([^:)]+) : ([^),]+)/.exec(h.type) ?? [];
    if (!NUMBERS.test(type ?? '')) return [];
    const count = (binder ?? '').replace('(', '').trim().split(/\s+/).length;
    const values =
      count === 1 ? terms.map((t) => [t]) : count === 2 ? terms.flatMap((a) => terms.map((b) => [a, b])) : [];
    return values.slice(0, 12).map((v) => `have := ${h.name} ${v.join(' ')}`);
  });
  const divisors = laws
    .filter((h) => /^∀ \(?\S+( : Nat)?\)?, .*∣/.test(h.type))
    .flatMap((h) => ['2', '3', '5'].map((p) => `try have := ${h.name} ${p}`));
  const primes: Step[] =
    divisors.length === 0 ? [] : [closing('instances', 0.8, [...divisors, 'omega'].join('\n'), 2_000)];
  if (said.length === 0) return primes;
  const quiet = said.map((line) => `try ${line}`);
  return [
    ...primes,
    {
      name: 'instances',
      tactic: [...quiet, 'grind'].join('\n'),
      cost: 0.9,
      heartbeats: 3_000,
      closes: true,
      named: true,
    },
    {
      name: 'instances',
      tactic: [...quiet, 'simp_all'].join('\n'),
      cost: 1,
      heartbeats: 1_500,
      closes: true,
      named: true,
    },
    {
      name: 'instances',
      tactic: [...quiet, '(try simp at *)', 'omega'].join('\n'),
      cost: 0.95,
      heartbeats: 1_500,
      closes: true,
      named: true,
    },
  ];
}
