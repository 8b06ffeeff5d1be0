import { type GoalView, type Hypothesis, looksLikeProposition, tokensOf } from './goal-view.ts';
import { lastOf, type World } from './world.ts';

const LIBRARY_TYPES: ReadonlySet<string> = new Set([
  'Nat',
  'List',
  'Option',
  'Bool',
  'Sum',
  'Array',
  'Prod',
  'Except',
]);
export const FINITE: ReadonlySet<string> = new Set(['Bool', 'Unit', 'Ordering']);
export const MOST_VARIABLES = 4;

/** Variables that can be taken apart, own types first. */
export function inductiveVariables(view: GoalView, world: World): Hypothesis[] {
  const headOf = (h: Hypothesis) => h.type.split(/[ ]/)[0]!.replace(/^\(/, '');
  const isData = (h: Hypothesis) => {
    if (h.type.includes('→') || h.type.includes('×')) return false;
    const own =
      world.types.get(headOf(h)) ??
      [...world.types.values()].find((t) => lastOf(t.name) === lastOf(headOf(h)));
    return (own !== undefined && !own.predicate) || LIBRARY_TYPES.has(headOf(h));
  };
  const used = (h: Hypothesis) => view.words.has(h.name);
  return view.hypotheses
    .filter((h) => !h.hidden && isData(h) && used(h) && !looksLikeProposition(h.type))
    .toSorted((a, b) => occurrences(view.target, b.name) - occurrences(view.target, a.name));
}

/** Whether a number is an exponent or an argument of a function: in a polynomial, induction on it seldom helps. */
export const growsWith = (text: string, name: string): boolean => {
  const tokens = tokensOf(text);
  return tokens.some((t, i) => {
    if (t !== name) return false;
    const before = tokens[i - 1] ?? '';
    const inside = before === '(' ? (tokens[i - 2] ?? '') : before;
    return inside === '^' || /^[\p{L}_][\p{L}\p{N}_'.]*$/u.test(inside);
  });
};

const occurrences = (text: string, name: string): number =>
  text.split(/[^\p{L}\p{N}_.'«»✝]+/u).filter((w) => w === name).length;
