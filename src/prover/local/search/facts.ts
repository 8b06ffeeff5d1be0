import { type GoalView, tokensOf } from './goal-view.ts';
import { operandsOf } from './operands.ts';
import { closing, type Step } from './steps.ts';
import { applications } from './terms.ts';

const MOST = 10;
const NUMERAL = /^\d+$/;

/** What is known of greatest common divisors, multiples, quotients and divisors at hand, said before a decision procedure. */
export function facts(view: GoalView): Step[] {
  const isNat =
    view.hypotheses.some((h) => h.type === 'Nat') && !view.hypotheses.some((h) => h.type === 'Int');
  if (!isNat) return [];
  const lines = [...common(view), ...quotients(view), ...divisibility(view)];
  const said = [...new Set(lines)].slice(0, MOST).map((fact) => `try have := ${fact}`);
  if (said.length === 0) return [...coprime(view)];
  return [
    ...coprime(view),
    closing('facts', 0.72, [...said, 'first | omega | grind | (simp_all; omega)'].join('\n')),
  ];
}

function common(view: GoalView): string[] {
  const found = applications(view.key);
  const of = (head: string) =>
    found.filter((a) => a.head === head && a.args.length === 2).map((a) => a.args.join(' '));
  const divisors = of('Nat.gcd');
  const multiples = of('Nat.lcm');
  return [
    ...multiples.map((args) => `Nat.gcd_mul_lcm ${args}`),
    ...divisors.flatMap((args) => [`Nat.gcd_dvd_left ${args}`, `Nat.gcd_dvd_right ${args}`]),
    ...multiples.flatMap((args) => [`Nat.dvd_lcm_left ${args}`, `Nat.dvd_lcm_right ${args}`]),
    ...(/^\S+\.gcd|^Nat\.(gcd|Coprime)/.test(view.target) && view.key.includes('^') ? powersOf(view) : []),
  ];
}

/** Powers of coprime numbers are coprime. */
function powersOf(view: GoalView): string[] {
  const exponents = [...new Set(operandsOf(view.target, '^').map((o) => o.right))].slice(0, 2);
  const laws = view.hypotheses.filter((h) => !h.hidden && /^Nat\.(gcd .* = 1$|Coprime )/.test(h.type));
  return laws.flatMap((h) =>
    exponents.flatMap((m) => exponents.map((n) => `Nat.Coprime.pow ${m} ${n} ${h.name}`)),
  );
}

/** Of a quotient by something that is no numeral, which `omega` does not see through. */
function quotients(view: GoalView): string[] {
  return ['/', '%']
    .flatMap((operator) => operandsOf(view.key, operator))
    .filter(({ right }) => !NUMERAL.test(right))
    .slice(0, 3)
    .flatMap(({ left, right }) => [
      `Nat.div_add_mod ${left} ${right}`,
      `Nat.mod_lt ${left} (y := ${right}) (by omega)`,
      `Nat.mul_comm ${right} (${left} / ${right})`,
      `Nat.div_le_self ${left} ${right}`,
    ]);
}

function divisibility(view: GoalView): string[] {
  const laws = view.hypotheses.flatMap((h) => {
    const [, divisor] = /^([^∣∀∃¬→∧∨]+) ∣ [^∣→∧∨]+$/.exec(h.type) ?? [];
    return divisor === undefined || h.hidden ? [] : [{ name: h.name, divisor: divisor.trim() }];
  });
  const some = laws.slice(0, 3);
  return [
    ...some.flatMap((a) =>
      some.filter((b) => b !== a && b.divisor === a.divisor).map((b) => `Nat.dvd_sub ${b.name} ${a.name}`),
    ),
    ...some
      .filter((a) => !NUMERAL.test(a.divisor))
      .flatMap(({ name }) => [`Nat.le_of_dvd (by omega) ${name}`, `Nat.mul_div_cancel' ${name}`]),
  ];
}

/** Two linear forms of one variable with a combination that is 1. */
function coprime(view: GoalView): Step[] {
  const call = /^(?:Nat\.gcd|Nat\.Coprime) (\([^()]*\)|\S+) (\([^()]*\)|\S+)(?: = 1)?$/.exec(view.target);
  const [a, b] = [linear(call?.[1]), linear(call?.[2])];
  if (call === null || a === null || b === null) return [];
  const [left, right] = [call[1]!, call[2]!];
  for (let u = 1; u <= 60; u += 1) {
    if ((u * a.factor) % b.factor !== 0) continue;
    const v = (u * a.factor) / b.factor;
    const rest = u * a.constant - v * b.constant;
    if (Math.abs(rest) !== 1) continue;
    const first = `(Nat.dvd_mul_left_of_dvd (Nat.gcd_dvd_left ${left} ${right}) ${u})`;
    const second = `(Nat.dvd_mul_left_of_dvd (Nat.gcd_dvd_right ${left} ${right}) ${v})`;
    const [more, less] = rest === 1 ? [first, second] : [second, first];
    const difference = rest === 1 ? `${u} * ${left} - ${v} * ${right}` : `${v} * ${right} - ${u} * ${left}`;
    const lines = [
      `have common := Nat.dvd_sub ${more} ${less}`,
      `rw [show ${difference} = 1 by omega] at common`,
      'exact Nat.dvd_one.1 common',
    ];
    return [closing('facts', 0.5, lines.join('\n'))];
  }
  return [];
}

/** `21 * n + 4` as its two numerals. */
function linear(text: string | undefined): { readonly factor: number; readonly constant: number } | null {
  const tokens = tokensOf((text ?? '').replace(/^\((.*)\)$/, '$1'));
  const said = tokens.join(' ');
  const [, k, , c] = /^(?:(\d+) \* )?([\p{L}_][\p{L}\p{N}_']*)(?: \+ (\d+))?$/u.exec(said) ?? [];
  return said === '' ||
    /^\d/.test(said.replace(/^\d+ \* /, '')) ||
    (k === undefined && c === undefined && !/^[\p{L}_]\S*$/u.test(said))
    ? null
    : { factor: Number(k ?? 1), constant: Number(c ?? 0) };
}
