import type { GoalView } from './goal-view.ts';
import type { NumberVariable } from './numbers.ts';
import { closing, type Step } from './steps.ts';

const MOST_CASES = 36;

/**
 * The residue of each power and product by itself, by those of its variables: what follows from them together `omega` sees. Far
 * fewer cases than all residues of all variables at once.
 */
export function termResidues(
  view: GoalView,
  numbers: readonly NumberVariable[],
  terms: readonly string[],
  k: number,
  cost: number,
): Step[] {
  const facts = terms.map((term, i) => factOf(`f${i}`, term, numbers, k));
  if (facts.length === 0 || facts.some((f) => f === null) || view.target.length > 400) return [];
  return [closing('residues', cost, [...facts, 'omega'].join('\n'), 4_000)];
}

function factOf(name: string, term: string, numbers: readonly NumberVariable[], k: number): string | null {
  const [, base, operator, other] = /^(\S+) ([*^]) (\S+)$/.exec(term) ?? [];
  const typeOf = (v: string | undefined) => numbers.find((n) => n.name === v)?.type;
  const type = typeOf(base);
  if (base === undefined || type === undefined) return null;
  const power = operator === '^' ? Number(other) : 2;
  if (!(power >= 2 && power <= 8) || (operator === '*' && typeOf(other) === undefined)) return null;
  const pair = operator === '*' && other !== base ? other! : null;
  if ((pair === null ? k : k * k) > MOST_CASES) return null;
  const residues = Array.from({ length: k }, (_, r) => r);
  const lemmas = type === 'Nat' ? 'Nat.pow_succ, Nat.mul_mod' : 'Int.pow_succ, Int.mul_emod';
  const seconds = pair === null ? [null] : residues;
  const cases = residues.flatMap((r) =>
    seconds.map((s) => {
      const value = s === null ? powerOf(r, power, k) : (r * s) % k;
      const second = s === null ? '' : ` ∧ ${pair} % ${k} = ${s}`;
      return `${base} % ${k} = ${r}${second} ∧ (${term}) % ${k} = ${value}`;
    }),
  );
  const split = (v: string, h: string) => ({
    have: `  have ${h} : ${residues.map((r) => `${v} % ${k} = ${r}`).join(' ∨ ')} := by omega`,
    cases: `rcases ${h} with ${residues.map(() => h).join(' | ')}`,
  });
  const splits = [split(base, 'r'), ...(pair === null ? [] : [split(pair, 's')])];
  const known = pair === null ? 'r' : 'r, s';
  return [
    `have ${name} : ${cases.join(' ∨ ')} := by`,
    ...splits.map((s) => s.have),
    `  ${splits.map((s) => s.cases).join(' <;> ')} <;> simp [${known}, ${lemmas}]`,
  ].join('\n');
}

const powerOf = (r: number, power: number, k: number): number => {
  let value = 1 % k;
  for (let i = 0; i < power; i += 1) value = (value * r) % k;
  return value;
};
