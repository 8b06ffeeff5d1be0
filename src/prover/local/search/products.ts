import type { GoalView } from './goal-view.ts';
import type { NumberVariable } from './numbers.ts';
import { closing, type Step } from './steps.ts';

type Field = 'Int' | 'Rat';

/** Neither is a theorem of the library. */
const SQUARES: Readonly<Record<Field, string>> = {
  Int: [
    'have sq : ∀ a : Int, 0 ≤ a * a := by',
    '  intro a',
    '  rcases Int.le_total 0 a with h | h',
    '  · exact Int.mul_nonneg h h',
    '  · exact Int.mul_nonneg_of_nonpos_of_nonpos h h',
  ].join('\n'),
  Rat: [
    'have sq : ∀ a : Rat, 0 ≤ a * a := by',
    '  intro a',
    '  rcases Rat.le_total (a := 0) (b := a) with h | h',
    '  · exact Rat.mul_nonneg h h',
    '  · have := Rat.mul_nonneg (a := -a) (b := -a) (by grind) (by grind)',
    '    grind',
  ].join('\n'),
};

/** Facts about products that linear arithmetic lacks: squares, and products of what is not negative. */
export function products(view: GoalView, numbers: readonly NumberVariable[]): Step[] {
  if (!/\*|\^|\//.test(view.key) || !/[<≤>≥=]/.test(view.target)) return [];
  const naturals = numbers.filter((n) => n.type === 'Nat').map((n) => n.name);
  return [...squares(view), ...bounds(view), ...weighted(view, naturals), ...orders(naturals)];
}

const pairs = <T>(all: readonly T[]): (readonly [T, T])[] =>
  all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));

const fieldOf = (view: GoalView): Field | undefined =>
  (['Rat', 'Int'] as const).find((field) => view.hypotheses.some((h) => !h.hidden && h.type === field));

function squares(view: GoalView): Step[] {
  const field = fieldOf(view);
  if (field === undefined) return [];
  const names = view.hypotheses.filter((h) => !h.hidden && h.type === field).map((h) => h.name);
  if (names.length > 4) return [];
  const differences = pairs(names).map(([a, b]) => `sq (${a} - ${b})`);
  const sums = pairs(names).map(([a, b]) => `sq (${a} + ${b})`);
  const own = names.flatMap((a) => [`sq ${a}`, `sq (${a} - 1)`]);
  const sets = [differences, [...differences, ...own, ...sums]].filter((set) => set.length > 0);
  return sets.map((set, i) =>
    closing(
      'squares',
      1.4 + 0.5 * i,
      [SQUARES[field], ...set.slice(0, 10).map((fact) => `have := ${fact}`), 'grind'].join('\n'),
      4_000,
    ),
  );
}

/** Hypotheses and what the goal denies, multiplied in pairs. */
function bounds(view: GoalView): Step[] {
  const goal = /^[^∀∃¬→∧∨=]+ (≤|<) [^→∧∨=]+$/.exec(view.target);
  if (goal === null) return [];
  const field = fieldOf(view) ?? 'Nat';
  const laws = view.hypotheses
    .filter((h) => !h.hidden && /^[^∀∃¬→∧∨=]+ [<≤>≥] [^→∧∨=]+$/.test(h.type))
    .slice(-4)
    .map((h) => ({ name: h.name, strict: /[<>]/.test(h.type) }));
  const far = { name: 'far', strict: goal[1] === '≤' };
  const all = [far, ...laws];
  const chosen = [...all.map((a) => [a, a] as const), ...pairs(all)].slice(0, 9);
  const opposite = goal[1] === '≤' ? `${field}.not_lt` : `${field}.not_le`;
  const haves = chosen.map(([a, b]) => {
    if (field === 'Nat') return `have := Nat.mul_le_mul ${a.name} ${b.name}`;
    const positive = ({ name, strict }: typeof far) =>
      field === 'Rat'
        ? `(by grind : (0 : Rat) ≤ _)`
        : `(Int.sub_nonneg_of_le ${strict ? `(Int.le_of_lt ${name})` : name})`;
    return `have := ${field}.mul_nonneg ${positive(a)} ${positive(b)}`;
  });
  if (field === 'Rat') return [];
  const variables =
    field === 'Nat' ? view.hypotheses.filter((h) => h.type === 'Nat' && !h.hidden).slice(0, 3) : [];
  const multiples = laws
    .slice(0, 2)
    .flatMap((h) => variables.map((v) => `have := Nat.mul_le_mul ${h.name} (Nat.le_refl ${v.name})`));
  return [
    closing(
      'products',
      1.5,
      [`refine ${opposite}.mp fun far => ?_`, ...haves, ...multiples, 'grind'].join('\n'),
      4_000,
    ),
  ];
}

/** Of three naturals, the square of the difference of two by the third. */
function weighted(view: GoalView, naturals: readonly string[]): Step[] {
  if (naturals.length < 2 || naturals.length > 3 || !/[≤<]/.test(view.target)) return [];
  const facts = pairs(naturals).flatMap(([a, b]) => [
    `have := sq (${a} - ${b})`,
    ...naturals.map((c) => `have := Int.mul_nonneg (Int.natCast_nonneg ${c}) (sq (${a} - ${b}))`),
  ]);
  return [closing('squares', 1.7, [SQUARES.Int, ...facts.slice(0, 12), 'grind'].join('\n'), 4_000)];
}

/** Which of two naturals is the larger, and by how much. */
function orders(naturals: readonly string[]): Step[] {
  if (naturals.length > 3) return [];
  return pairs(naturals).map(([a, b]) =>
    closing(
      'order',
      2,
      `rcases Nat.le_total ${a} ${b} with h | h <;> obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le h <;> grind`,
      4_000,
    ),
  );
}
