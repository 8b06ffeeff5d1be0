import type { Theorem } from '../../model/index.ts';
import { type Goal, goalOf } from './goal.ts';
import { residues } from './residues.ts';

/** Single tactics of the portfolio: each is tried on the bare goal (omitted where it cannot apply). */
export const PORTFOLIO_TACTICS = ['rfl', 'decide', 'omega', 'simp_all', 'grind', 'bv_omega'] as const;

export const MAX_CANDIDATES = 25;

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` [${names.join(', ')}]`);

/** Evaluation: `decide` only where no variable of an infinite type is in its way. */
function evaluation({ shape, finite }: Goal): string[] {
  const values = shape.bound.filter((b) => !b.universal);
  const all = values.every((b) => finite.includes(b));
  const revert = all && values.length > 0 ? `revert ${values.map((b) => b.name).join(' ')}; ` : '';
  return [shape.bound.some((b) => b.universal) ? 'intros; rfl' : 'rfl', ...(all ? [`${revert}decide`] : [])];
}

function plain({ shape }: Goal): string[] {
  const isBits = [...shape.words].some((w) => /^(BitVec|U?Int(8|16|32|64))(\.|$)/.test(w));
  return ['omega', 'simp_all', 'grind', ...(isBits ? ['bv_omega'] : [])];
}

/** Closing tactics with what they may unfold and use. */
type Closers = { readonly grind: string; readonly simp: string };
const closers = (names: readonly string[]): Closers => ({
  grind: `grind${list(names)}`,
  simp: `simp_all${list(names)}`,
});

function splitting({ finite, intro }: Goal, { grind, simp }: Closers): string[] {
  if (finite.length === 0) return [];
  const cases = finite.slice(0, 4).map((b) => `cases ${b.name}`);
  return ['rfl', grind, simp].map((closer) => `${intro}${cases.join(' <;> ')} <;> ${closer}`);
}

/** Arguments of the first application of `f` in the statement: single words only; '' where there are none. */
function call(f: string, text: readonly string[]): string {
  const at = text.indexOf(f);
  if (at < 0) return f;
  const end = text.findIndex((t, i) => i > at && !/^[\p{L}_][\p{L}\p{N}_.']*$/u.test(t));
  return text.slice(at, end < 0 ? undefined : end).join(' ');
}

function functional({ defs, intro, text }: Goal, closer: string): string[] {
  return defs.recursive.slice(0, 3).map((f) => `${intro}fun_induction ${call(f, text)} <;> ${closer}`);
}

function structural({ inductive, intro }: Goal, closer: string): string[] {
  return inductive.slice(0, 3).map((b) => `${intro}induction ${b.name} <;> ${closer}`);
}

function generalizing({ inductive, intro }: Goal, closer: string): string[] {
  const targets = inductive.slice(0, 2);
  return targets.flatMap((b) => {
    const others = inductive.filter((o) => o !== b).map((o) => o.name);
    return others.length === 0
      ? []
      : [`${intro}induction ${b.name} generalizing ${others.join(' ')} <;> ${closer}`];
  });
}

/** Statements about functions of the context: unfold, then induct. The bare tactics rarely see anything. */
function programs(goal: Goal): string[] {
  const { functions, looping, theorems } = goal.defs;
  // Functional induction unfolds these where it helps; a tactic that is given them may unfold for ever.
  const names = functions.filter((f) => !looping.includes(f)).slice(0, 8);
  const own = closers(names);
  const known = closers([...names, ...theorems.slice(-6)]);
  // On a variable, `rfl` unfolds recursion at length and seldom ends well, so it waits.
  const closed = goal.shape.bound.length === goal.finite.length;
  return [
    ...(closed ? evaluation(goal) : []),
    own.grind,
    own.simp,
    ...splitting(goal, own),
    ...structural(goal, own.grind),
    ...functional(goal, own.grind),
    // Without the list: a name of the context may be ambiguous with one of the library.
    ...functional(goal, 'simp_all'),
    ...functional(goal, 'grind'),
    known.grind,
    known.simp,
    ...structural(goal, known.grind),
    ...structural(goal, known.simp),
    ...generalizing(goal, own.grind),
    ...structural(goal, `${own.simp} <;> omega`),
    ...plain(goal),
    ...evaluation(goal),
  ];
}

/** Statements about what the library knows: its decision procedures first, induction last. */
function library(goal: Goal): string[] {
  const earlier = goal.defs.theorems.slice(-6);
  const known = closers(earlier);
  return [
    ...evaluation(goal),
    ...plain(goal),
    ...(earlier.length === 0 ? [] : [known.grind, known.simp]),
    ...splitting(goal, closers([])),
    ...residues(goal),
    ...structural(goal, 'grind'),
    ...structural(goal, 'simp_all'),
    ...structural(goal, 'simp_all <;> omega'),
    ...generalizing({ ...goal, inductive: goal.inductive.filter((b) => b.type[0] !== 'Nat') }, 'grind'),
  ];
}

/** Proofs to try for a theorem, cheapest first, at most `MAX_CANDIDATES`. */
export function portfolio(theorem: Theorem): readonly string[] {
  const goal = goalOf(theorem);
  const all = goal.defs.functions.length > 0 ? programs(goal) : library(goal);
  return [...new Set(all)]
    .slice(0, MAX_CANDIDATES)
    .map((text) => (text.startsWith('\n') ? `by${text}` : `by ${text}`));
}
