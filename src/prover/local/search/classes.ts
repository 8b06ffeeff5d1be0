import { type GoalView, tokensOf } from './goal-view.ts';
import { largeModuli, moduliOf } from './moduli.ts';
import { closing, type Step } from './steps.ts';

const LONGEST = 24;

/** `2 ^ n % 7` runs through a cycle: which member it is depends on `n` modulo the length of the cycle. */
export function powerClasses(view: GoalView): Step[] {
  const powers = numeralPowers(view.key);
  if (powers.length === 0 || powers.length > 3) return [];
  const moduli = [...moduliOf(view), ...largeModuli(view)].slice(0, 2);
  return moduli.flatMap((m, i) => {
    const cycles = powers.map((p) => ({ ...p, values: cycle(p.base % m, m) }));
    if (cycles.some((c) => c.values.length === 0)) return [];
    const haves = cycles.map(({ base, exponent, values }, j) =>
      cycleFact(`c${j}`, base, exponent, values, m),
    );
    return [closing('powers', 0.66 + 0.2 * i, [...haves, 'omega'].join('\n'), 5_000)];
  });
}

function cycleFact(
  name: string,
  base: number,
  exponent: string,
  values: readonly number[],
  m: number,
): string {
  const k = values.length;
  const cases = values.map(
    (value, r) => `${exponent} % ${k} = ${r} ∧ ${base} ^ ${exponent} % ${m} = ${value}`,
  );
  const rests = values.map((_, r) => `r = ${r}`).join(' ∨ ');
  return [
    `have ${name} : ${cases.join(' ∨ ')} := by`,
    `  obtain ⟨q, r, hr, e⟩ : ∃ q r, r < ${k} ∧ ${exponent} = ${k} * q + r := ⟨${exponent} / ${k}, ${exponent} % ${k}, by omega, by omega⟩`,
    '  rw [e]',
    `  have : ${rests} := by omega`,
    `  rcases this with ${values.map(() => 'rfl').join(' | ')} <;> simp [Nat.pow_add, Nat.pow_mul, Nat.mul_mod, Nat.pow_mod]`,
  ].join('\n');
}

/** Powers of numerals whose exponents are variables. */
function numeralPowers(text: string): { readonly base: number; readonly exponent: string }[] {
  const tokens = tokensOf(text);
  const found = new Map<string, { base: number; exponent: string }>();
  tokens.forEach((t, i) => {
    const [base, exponent] = [tokens[i - 1] ?? '', tokens[i + 1] ?? ''];
    if (t !== '^' || !/^\d{1,4}$/.test(base) || !/^[\p{L}_][\p{L}\p{N}_']*$/u.test(exponent)) return;
    found.set(`${base} ${exponent}`, { base: Number(base), exponent });
  });
  return [...found.values()];
}

/** The powers of `b` modulo `m` from the 0th on until they begin again; [] where they never come back to 1. */
function cycle(b: number, m: number): number[] {
  const values = [1 % m];
  for (let power = b % m; power !== 1 % m; power = (power * b) % m) {
    values.push(power);
    if (values.length > LONGEST) return [];
  }
  return values;
}
