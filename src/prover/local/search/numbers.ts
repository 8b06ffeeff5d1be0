import { type GoalView, tokensOf } from './goal-view.ts';

/** A variable of the goal that is a number. */
export type NumberVariable = { readonly name: string; readonly type: 'Nat' | 'Int' };

/** The numbers that a tactic may name. */
export const numbersOf = (view: GoalView): NumberVariable[] =>
  view.hypotheses.flatMap(({ name, type, hidden }) =>
    !hidden && (type === 'Nat' || type === 'Int') ? [{ name, type } as const] : [],
  );

/** A variable in an exponent has no residues that matter. */
export const occursOutsideExponents = (text: string, name: string): boolean => {
  const exponents = text.match(/\^ (\([^()]*\)|\S+)/g) ?? [];
  const inside = exponents.some((e) => tokensOf(e).includes(name));
  return tokensOf(text).includes(name) && !inside;
};
