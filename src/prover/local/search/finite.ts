import { type GoalView, type Hypothesis, looksLikeProposition, tokensOf } from './goal-view.ts';
import type { NumberVariable } from './numbers.ts';
import { closing, type Step } from './steps.ts';

/** Bounds that are tried, by the number of variables. */
const BOUNDS: readonly (readonly number[])[] = [[], [128], [16, 36], [12]];

/** Natural numbers that the hypotheses bound: the statement is decided for all that are smaller. */
export function boundedSearch(view: GoalView, numbers: readonly NumberVariable[]): Step[] {
  const used = numbers.filter((n) => n.type === 'Nat' && tokensOf(view.target).includes(n.name));
  const hypotheses = view.hypotheses.filter((h) => !h.hidden && looksLikeProposition(h.type));
  if (!hypotheses.some((h) => /\d/.test(h.type) && /[=<≤>≥∣]/.test(h.type))) return [];
  const all = numbers.filter((n) => n.type === 'Nat' && (used.includes(n) || isLinked(n, used, hypotheses)));
  if (all.length === 0 || all.length > 3 || all.length < numbers.length - 2) return [];
  if (/[∀∃]/.test(view.target)) return [];
  const kept = hypotheses.filter((h) => isAbout(h, all, view) && !/[∀∃]/.test(h.type));
  if (kept.length === 0) return [];
  return BOUNDS[all.length]!.map((bound, i) => {
    const haves = all.map(({ name }, j) => `have b${j} : ${name} < ${bound} := by ${boundProof(view, all)}`);
    const names = all.map((n) => n.name);
    const said = [...kept.map((h) => h.type), view.target].map((p) => `(${asFin(p, names)})`).join(' → ');
    const values = all.map((n, j) => `⟨${n.name}, b${j}⟩`).join(' ');
    const tactic = [
      ...haves,
      `have all : ∀ ${names.join(' ')} : Fin ${bound}, ${said} := by decide +kernel`,
      `exact all ${values} ${kept.map((h) => h.name).join(' ')}`,
    ].join('\n');
    return closing('range', 0.7 + 0.12 * i, tactic, 5_000);
  });
}

/** Lower bounds multiplied with what is supposed to be large. */
function boundProof(view: GoalView, all: readonly NumberVariable[]): string {
  const lower = view.hypotheses
    .filter((h) => !h.hidden && /^[^∀∃¬→∧∨=]+ [<≤>≥] [^→∧∨=]+$/.test(h.type))
    .slice(0, 3);
  const products = [
    'Nat.mul_le_mul far far',
    ...lower.map((h) => `Nat.mul_le_mul far ${h.name}`),
    ...all.map((n) => `Nat.mul_le_mul far (Nat.le_refl ${n.name})`),
  ];
  if (!/\*|\^/.test(view.key)) return 'omega';
  const haves = products.map((p) => `have := ${p}`).join('; ');
  return `first | omega | grind | (refine Nat.lt_of_not_le fun far => ?_; ${haves}; grind)`;
}

const wordsOf = (text: string): string[] => tokensOf(text).filter((t) => /^[\p{L}_]/u.test(t));

/** A variable that some hypothesis mentions together with those of the goal. */
const isLinked = (
  n: NumberVariable,
  used: readonly NumberVariable[],
  hypotheses: readonly Hypothesis[],
): boolean =>
  hypotheses.some((h) => {
    const words = wordsOf(h.type);
    return words.includes(n.name) && used.some((u) => words.includes(u.name));
  });

/** Says nothing of other things at hand. */
const isAbout = (h: Hypothesis, all: readonly NumberVariable[], view: GoalView): boolean => {
  const others = new Set(view.hypotheses.map((x) => x.name).filter((n) => !all.some((a) => a.name === n)));
  const words = wordsOf(h.type);
  return words.length > 0 && words.every((w) => !others.has(w) && !others.has(w.split('.')[0]!));
};

const asFin = (text: string, names: readonly string[]): string =>
  tokensOf(text)
    .map((t) => (names.includes(t) ? `${t}.val` : t))
    .join(' ');
