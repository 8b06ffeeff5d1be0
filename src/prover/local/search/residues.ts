import { type GoalView, tokensOf } from './goal-view.ts';
import { largeModuli, MAX_MODULUS, moduliOf, primePowers } from './moduli.ts';
import { type NumberVariable, occursOutsideExponents } from './numbers.ts';
import { termResidues } from './residues-of-terms.ts';
import type { Step } from './steps.ts';

const MAX_CASES = 64;
const NAT = 'Nat.pow_succ, Nat.mul_mod, Nat.add_mod';
const INT = 'Int.pow_succ, Int.mul_emod, Int.add_emod, Int.sub_emod';

/** The residues of each variable, each computed: for powers and products, which `omega` does not see through. */
export function residues(view: GoalView, numbers: readonly NumberVariable[]): Step[] {
  const nonlinear = /\^|\*/.test(view.key);
  if (!nonlinear) return [];
  const there = numbers.filter((n) => occursOutsideExponents(view.key, n.name));
  const terms = nonlinearTerms(view.key);
  // What occurs in linear terms only `omega` sees through without its residues.
  const inTerms = there.filter((n) => terms.some((t) => t.split(' ').includes(n.name)));
  const used = there.length > 3 ? inTerms : there;
  if (used.length === 0 || used.length > 3) return [];
  const said = moduliOf(view);
  const large = largeModuli(view)
    .flatMap(primePowers)
    .filter((k) => k <= MAX_MODULUS);
  // A square is 0 or 1 modulo 3 and 4: equations without any modulus are often refuted there.
  const otherwise = /=/.test(view.key) && terms.length > 0 ? [4, 3, 8, 7, 5, 9, 13] : [];
  const one = (k: number, cost: number): Step[] => {
    const lemmas = used.some((b) => b.type === 'Int') ? INT : NAT;
    if (k ** used.length > MAX_CASES) return [];
    const known = used.map((_, j) => `r${j}`).join(', ');
    const facts = terms
      .map(
        (term, t) =>
          `obtain ⟨v${t}, e${t}⟩ : ∃ v, (${term}) % ${k} = v := ⟨_, rfl⟩; have f${t} := e${t}; simp [${known}, ${lemmas}] at f${t}`,
      )
      .join('; ');
    const closer = `<;> first | omega | (simp [${known}, ${lemmas}]; done)${facts === '' ? '' : ` | (${facts}; omega)`} | (simp_all [${lemmas}]; done)`;
    const tactic = [...classes(used, k), `${splits(used, k)} ${closer}`].join('\n');
    return [{ name: 'residues', tactic, cost, heartbeats: 5_000, closes: true, named: true }];
  };
  const found = said.flatMap((k, i) => [
    ...termResidues(view, numbers, terms, k, 0.63 + 0.3 * i),
    ...one(k, 0.65 + 0.3 * i),
  ]);
  if (large.length > 0) found.push(...coprimeParts(view, used, large));
  return [
    ...found,
    ...(said.length + large.length > 0
      ? []
      : otherwise.flatMap((k, i) => [
          ...termResidues(view, numbers, terms, k, 1.4 + 0.2 * i),
          ...one(k, 1.5 + 0.25 * i),
        ])),
  ];
}

/** `rJ : x % k = 0 ∨ …` for each variable. */
const classes = (numbers: readonly NumberVariable[], k: number): string[] =>
  numbers.map(({ name }, j) => {
    const cases = Array.from({ length: k }, (_, r) => `${name} % ${k} = ${r}`).join(' ∨ ');
    return `have r${j} : ${cases} := by omega`;
  });

/** All combinations of them. */
const splits = (numbers: readonly NumberVariable[], k: number): string =>
  numbers
    .map((_, j) => `rcases r${j} with ${Array.from({ length: k }, () => `r${j}`).join(' | ')}`)
    .join(' <;> ');

/** Products and powers that `omega` takes for unknowns. */
function nonlinearTerms(text: string): string[] {
  const tokens = tokensOf(text);
  const isWord = (t: string | undefined) => t !== undefined && /^[\p{L}_][\p{L}\p{N}_'.]*$/u.test(t);
  const found = new Set<string>();
  tokens.forEach((t, i) => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (t === '^' && isWord(before) && /^\d+$/.test(after ?? '')) found.add(`${before} ^ ${after}`);
    if (
      t === '*' &&
      isWord(before) &&
      isWord(after) &&
      tokens[i - 2] !== '*' &&
      tokens[i - 2] !== '^' &&
      tokens[i + 2] !== '^'
    )
      found.add(`${before} * ${after}`);
  });
  return [...found].slice(0, 4);
}

/** `30 ∣ e`: 2, 3 and 5 each. */
function coprimeParts(view: GoalView, numbers: readonly NumberVariable[], parts: readonly number[]): Step[] {
  const whole = /^(\d+) ∣ (.+)$/.exec(view.target) ?? /^\(?(.+)\)? % (\d+) = 0$/.exec(view.target);
  if (whole === null || parts.length < 2) return [];
  const term = /^\d+$/.test(whole[1]!) ? whole[2]! : whole[1]!;
  const lemmas = numbers.some((b) => b.type === 'Int') ? INT : NAT;
  const haves = parts.map((k) => {
    const known = numbers.map((_, j) => `r${j}`).join(', ');
    return [
      `have m${k} : (${term}) % ${k} = 0 := by`,
      ...classes(numbers, k).map((l) => `  ${l}`),
      `  ${splits(numbers, k)} <;> simp [${known}, ${lemmas}]`,
    ].join('\n');
  });
  return [
    {
      name: 'residues',
      tactic: [...haves, 'omega'].join('\n'),
      cost: 0.7,
      heartbeats: 8_000,
      closes: true,
      named: true,
    },
  ];
}
