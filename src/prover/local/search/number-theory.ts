import { type GoalView, tokensOf } from './goal-view.ts';
import type { Step } from './steps.ts';

const MAX_MODULUS = 16;
const MAX_CASES = 64;
const NAT = 'Nat.pow_succ, Nat.mul_mod, Nat.add_mod';
const INT = 'Int.pow_succ, Int.mul_emod, Int.add_emod, Int.sub_emod';

type Number_ = { readonly name: string; readonly type: 'Nat' | 'Int' };

const numbersOf = (view: GoalView): Number_[] =>
  view.hypotheses.flatMap(({ name, type, hidden }) =>
    !hidden && (type === 'Nat' || type === 'Int') ? [{ name, type } as const] : [],
  );

/** Steps of arithmetic beyond linear: residues, finite ranges, squares, divisors. */
export function arithmetic(view: GoalView): Step[] {
  const numbers = numbersOf(view);
  return [
    ...residues(view, numbers),
    ...powers(view, numbers),
    ...ranges(view, numbers),
    ...products(view, numbers),
    ...divisors(view),
    ...roots(view),
    ...instances(view),
  ];
}

/** Numerals that something is divided by. */
function moduliOf(view: GoalView): number[] {
  const text = tokensOf(view.key);
  const found = text.flatMap((t, i) =>
    t === '%' || t === '/' ? [text[i + 1]!] : t === '∣' ? [text[i - 1]!] : [],
  );
  const numerals = found.filter((m) => /^\d+$/.test(m ?? '')).map(Number);
  return [...new Set(numerals)].filter((k) => k >= 2 && k <= MAX_MODULUS);
}

/** Prime powers that divide a number, for a modulus that is too large by itself. */
function primePowers(k: number): number[] {
  const found: number[] = [];
  for (let [rest, p] = [k, 2]; rest > 1; p += 1) {
    let power = 1;
    while (rest % p === 0) [rest, power] = [rest / p, power * p];
    if (power > 1) found.push(power);
  }
  return found;
}

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

/** The residues of each variable, each computed: for powers and products, which `omega` does not see through. */
function residues(view: GoalView, numbers: readonly Number_[]): Step[] {
  const nonlinear = /\^|\*/.test(view.key);
  const used = numbers.filter((n) => occursOutsideExponents(view.key, n.name));
  if (!nonlinear || used.length === 0 || used.length > 3) return [];
  const said = moduliOf(view);
  const large = largeModuli(view)
    .flatMap(primePowers)
    .filter((k) => k <= MAX_MODULUS);
  const terms = nonlinearTerms(view.key);
  // A square is 0 or 1 modulo 3 and 4: equations without any modulus are often refuted there.
  const otherwise = /=/.test(view.key) && terms.length > 0 ? [4, 3, 8, 7, 5] : [];
  const one = (of: readonly number[], cost: number, each: Number_[]): Step[] => {
    const lemmas = each.some((b) => b.type === 'Int') ? INT : NAT;
    const steps: string[] = [];
    if (of.reduce((n, k) => Math.max(n, k ** each.length), 1) > MAX_CASES) return [];
    for (const k of of) {
      const parts = each.map(({ name }, j) => {
        const cases = Array.from({ length: k }, (_, r) => `${name} % ${k} = ${r}`).join(' ∨ ');
        return {
          have: `have r${j} : ${cases} := by omega`,
          split: `rcases r${j} with ${Array.from({ length: k }, () => `r${j}`).join(' | ')}`,
        };
      });
      const known = each.map((_, j) => `r${j}`).join(', ');
      if (of.length === 1) {
        const facts = terms
          .map(
            (term, t) =>
              `obtain ⟨v${t}, e${t}⟩ : ∃ v, (${term}) % ${k} = v := ⟨_, rfl⟩; have f${t} := e${t}; simp [${known}, ${lemmas}] at f${t}`,
          )
          .join('; ');
        const closer = `<;> first | omega | (simp [${known}, ${lemmas}]; done)${facts === '' ? '' : ` | (${facts}; omega)`} | (simp_all [${lemmas}]; done)`;
        steps.push(...parts.map((p) => p.have), `${parts.map((p) => p.split).join(' <;> ')} ${closer}`);
      }
    }
    return [
      { name: 'residues', tactic: steps.join('\n'), cost, heartbeats: 5_000, closes: true, named: true },
    ];
  };
  const found = said.flatMap((k, i) => one([k], 0.65 + 0.3 * i, used));
  if (large.length > 0) found.push(...coprimeParts(view, used, large));
  return [
    ...found,
    ...(said.length + large.length > 0 ? [] : otherwise.flatMap((k, i) => one([k], 1.5 + 0.25 * i, used))),
  ];
}

/** A variable in an exponent has no residues that matter. */
const occursOutsideExponents = (text: string, name: string): boolean => {
  const exponents = text.match(/\^ (\([^()]*\)|\S+)/g) ?? [];
  const inside = exponents.some((e) => tokensOf(e).includes(name));
  return tokensOf(text).includes(name) && !inside;
};

/** Numerals over the largest modulus whose residues are all tried. */
function largeModuli(view: GoalView): number[] {
  const text = tokensOf(view.target);
  const found = text.flatMap((t, i) => (t === '%' ? [text[i + 1]!] : t === '∣' ? [text[i - 1]!] : []));
  return [...new Set(found.filter((m) => /^\d+$/.test(m ?? '')).map(Number))].filter(
    (k) => k > MAX_MODULUS && k < 10_000,
  );
}

/** `30 ∣ e`: 2, 3 and 5 each. */
function coprimeParts(view: GoalView, numbers: readonly Number_[], parts: readonly number[]): Step[] {
  const whole = /^(\d+) ∣ (.+)$/.exec(view.target) ?? /^\(?(.+)\)? % (\d+) = 0$/.exec(view.target);
  if (whole === null || parts.length < 2) return [];
  const term = /^\d+$/.test(whole[1]!) ? whole[2]! : whole[1]!;
  const lemmas = numbers.some((b) => b.type === 'Int') ? INT : NAT;
  const haves = parts.map((k) => {
    const each = numbers.map(
      ({ name }, j) =>
        `have r${j} : ${Array.from({ length: k }, (_, r) => `${name} % ${k} = ${r}`).join(' ∨ ')} := by omega`,
    );
    const split = numbers
      .map((_, j) => `rcases r${j} with ${Array.from({ length: k }, () => `r${j}`).join(' | ')}`)
      .join(' <;> ');
    const known = numbers.map((_, j) => `r${j}`).join(', ');
    return [
      `have m${k} : (${term}) % ${k} = 0 := by`,
      ...each.map((l) => `  ${l}`),
      `  ${split} <;> simp [${known}, ${lemmas}]`,
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

/** Powers whose exponent grows in a step of induction. */
function powers(view: GoalView, _numbers: readonly Number_[]): Step[] {
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

/** Variables in a small range: every value is tried. `omega` has to see the range, maybe with the help of a product. */
function ranges(view: GoalView, numbers: readonly Number_[]): Step[] {
  if (!view.hypotheses.some((h) => /[<≤>≥∣=]/.test(h.type))) return [];
  const lower = view.hypotheses
    .filter((h) => !h.hidden && /^(\d+ [<≤]|\S+ [≤<] \S+$)/.test(h.type))
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
        const cost = 0.68 + 0.04 * j + 0.02 * i;
        return { name: 'range', tactic, cost, heartbeats: 5_000, closes: true, named: true };
      });
    });
}

/** Roots of a polynomial: what is claimed of a variable as a product that is 0. */
function roots(view: GoalView): Step[] {
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

/** Hypotheses for all numbers, said of those at hand: values of functional equations. */
function instances(view: GoalView): Step[] {
  const laws = view.hypotheses.filter((h) => !h.hidden && /^∀/.test(h.type)).slice(0, 3);
  const points = view.hypotheses
    .filter((h) => !h.hidden && /^(Nat|Int|Rat)$/.test(h.type))
    .map((h) => h.name);
  const terms = ['0', '1', ...points].slice(0, 4);
  const said = laws.flatMap((h) => {
    const [, binder] = /^∀ ([^:,]+|\([^:)]+) :/.exec(h.type) ?? [];
    const count = (binder ?? '').replace('(', '').trim().split(/\s+/).length;
    const values =
      count === 1 ? terms.map((t) => [t]) : count === 2 ? terms.flatMap((a) => terms.map((b) => [a, b])) : [];
    return values.slice(0, 12).map((v) => `have := ${h.name} ${v.join(' ')}`);
  });
  if (said.length === 0) return [];
  const quiet = said.map((line) => `try ${line}`);
  return [
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

/** Facts about products that linear arithmetic lacks: squares, and products of what is not negative. */
function products(view: GoalView, numbers: readonly Number_[]): Step[] {
  if (!/\*|\^/.test(view.key) || !/[<≤>≥=]/.test(view.target)) return [];
  const ints = view.hypotheses
    .filter((h) => !h.hidden && (h.type === 'Int' || h.type === 'Rat'))
    .map((h) => h);
  const naturals = numbers.filter((n) => n.type === 'Nat').map((n) => n.name);
  const steps: Step[] = [];
  const squares = ints.flatMap((a, i) => ints.slice(i + 1).map((b) => `${a.name} - ${b.name}`));
  const all = [...squares, ...ints.map((a) => a.name), ...squares.map((s) => s.replace(' - ', ' + '))];
  if (ints.length > 0 && ints.length <= 4) {
    const lemma = ints[0]!.type === 'Int' ? 'Int.mul_self_nonneg' : 'Rat.mul_self_nonneg';
    const facts = (of: readonly string[]) =>
      of.map((s) => `have := ${lemma}${ints[0]!.type === 'Int' ? '' : ''} (a := ${s})`);
    const int = (of: readonly string[]) => of.map((s) => `have := Int.mul_self_nonneg (${s})`);
    const chosen = ints[0]!.type === 'Int' ? int : facts;
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

/** A divisor of a number that is not 0 is at most that number. */
function divisors(view: GoalView): Step[] {
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
