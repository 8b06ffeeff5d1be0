import { type GoalView, looksLikeProposition } from './goal-view.ts';
import { move, type Step } from './steps.ts';

/** Witnesses of an existential: small numerals, and what is at hand of the type. */
export function witnesses(view: GoalView): Step[] {
  const bound = /^∃ \(?([^,:)]+)(?: : ([^,)]+))?\)?,/.exec(view.target) ?? /^∃ ([^,]+),/.exec(view.target);
  if (bound === null) return [];
  const type = bound[2]?.trim();
  const terms = view.hypotheses
    .filter((h) => !h.hidden && (type === undefined ? !looksLikeProposition(h.type) : h.type === type))
    .map((h) => h.name)
    .slice(0, 4);
  const numbers = type === undefined || type === 'Nat' || type === 'Int' ? ['0', '1', '2', '3'] : [];
  const sums =
    type === 'Nat' || type === undefined ? terms.slice(0, 2).flatMap((t) => [`${t} + 1`, `2 * ${t}`]) : [];
  const quotients = quotientsOf(view.target);
  const pairs = terms.length >= 2 ? [`${terms[0]} + ${terms[1]}`, `${terms[0]} * ${terms[1]}`] : [];
  const exact = quotients.map((t) => move('witness', 0.5, `refine ⟨${t}, ?_⟩`, 500));
  const tried = [...terms, ...numbers, ...sums, ...pairs].map((t, i) =>
    move('witness', 1.3 + 0.15 * i, `refine ⟨${t}, ?_⟩`, 500),
  );
  return [...exact, ...tried];
}

/** `∃ k, e = 2 * k + 1` and `∃ k, e = k + k`: what `e` divided by the factor is. */
function quotientsOf(target: string): string[] {
  const [, name, left, right] = /^∃ (\S+), (.+) = (.+)$/.exec(target) ?? [];
  if (name === undefined || left!.split(/\s|[()]/).includes(name)) return [];
  if (right === `${name} + ${name}`) return [`(${left}) / 2`];
  const [, factor, times] =
    /^(\d+) \* (\S+)( \+ \d+)?$/.exec(right!) ?? /^(\S+) \* (\d+)( \+ \d+)?$/.exec(right!) ?? [];
  const number = factor === name ? times : times === name ? factor : undefined;
  return number === undefined ? [] : [`(${left}) / ${number}`];
}
