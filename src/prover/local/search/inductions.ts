import { type GoalView, type Hypothesis, looksLikeProposition, tokensOf } from './goal-view.ts';
import { move, type Step } from './steps.ts';
import { applications } from './terms.ts';
import { FINITE, growsWith, MOST_VARIABLES } from './variables.ts';
import { lastOf, type World } from './world.ts';

/** On variables, along functions of the context, and on the evidence for a predicate. */
export function inductions(view: GoalView, variables: readonly Hypothesis[], world: World): Step[] {
  const steps: Step[] = [];
  const inner = view.hypotheses.some((h) => /^ih/.test(h.name));
  // An induction inside of an induction seldom helps, without a change of the goal between them.
  const base = inner ? 2.5 : 0;
  variables.slice(0, MOST_VARIABLES).forEach((v, i) => {
    const others = view.hypotheses
      .filter(
        (h) => h !== v && !h.hidden && !looksLikeProposition(h.type) && !/^(Type|Sort|Prop)/.test(h.type),
      )
      .filter(
        (h) =>
          view.words.has(h.name) &&
          !v.type.split(/[^\p{L}\p{N}_']+/u).includes(h.name) &&
          !/^(Decidable|BEq|LawfulBEq|Inhabited|Ord|LT|LE|Hashable)/.test(h.type) &&
          variables.includes(h),
      )
      .map((h) => h.name);
    if (FINITE.has(v.type)) return;
    const base = (inner ? 2.5 : 0) + (v.type === 'Nat' && !growsWith(view.key, v.name) ? 1.5 : 0);
    steps.push(move('induction', 1.2 + 0.35 * i + base, `induction ${v.name}`));
    if (others.length > 0)
      steps.push(
        move('generalizing', 1.45 + 0.35 * i + base, `induction ${v.name} generalizing ${others.join(' ')}`),
      );
  });
  for (const v of variables.filter((x) => x.type === 'Nat' && growsWith(view.key, x.name)).slice(0, 2)) {
    const strong = [`induction ${v.name} using Nat.strongRecOn`, `rename_i ${v.name} ih`];
    steps.push(
      move('strong induction', 1.9 + base, [...strong, `rcases ${v.name} with _ | _ | ${v.name}`].join('\n')),
    );
    steps.push(...fromLowerBound(view, v.name, base), ...inPairs(view, v.name, base));
  }
  const own = new Map(world.functions.filter((f) => f.recursive).map((f) => [lastOf(f.name), f]));
  const calls = applications(view.target).filter((a) => own.has(lastOf(a.head)));
  calls.slice(0, 5).forEach(({ head, args }, i) => {
    steps.push(move('fun_induction', 1.4 + 0.3 * i + base, `fun_induction ${head} ${args.join(' ')}`, 2_000));
  });
  const evidence = view.hypotheses.filter((h) => {
    const type = world.types.get(h.type.split(' ')[0]!);
    return !h.hidden && type?.predicate === true;
  });
  evidence.slice(0, 2).forEach((h, i) => {
    steps.push(
      move('induction', 1.1 + 0.3 * i + base, `induction ${h.name}`),
      move('cases', 1.5 + 0.3 * i, `cases ${h.name}`),
    );
  });
  return steps;
}

/** From a lower bound that a hypothesis gives: what is above it is the variable of the induction. */
function fromLowerBound(view: GoalView, name: string, base: number): Step[] {
  return view.hypotheses.flatMap((h) => {
    const [, below, up] = /^(\d+) (≤|<) (\S+)$/.exec(h.type)?.slice(0, 3) ?? [];
    const [, above, down] = /^(\S+) (≥|>) (\d+)$/.exec(h.type) ?? [];
    const variable = below === undefined ? above : h.type.split(' ')[2];
    if (variable !== name || h.hidden) return [];
    const strict = up === '<' || down === '>';
    const least = strict ? `(Nat.succ_le_of_lt ${h.name})` : h.name;
    const tactic = `obtain ⟨${name}, rfl⟩ := Nat.exists_eq_add_of_le ${least}\nclear ${h.name}\ninduction ${name}`;
    return [move('induction', 0.95 + base, tactic)];
  });
}

/** A statement for a number and the next one together, where values follow from the two before them. */
function inPairs(view: GoalView, name: string, base: number): Step[] {
  const bindsIt = (type: string) => (/^∀ \(?([^:,]+) :/.exec(type)?.[1] ?? '').split(' ').includes(name);
  const alone = view.hypotheses.every(
    (h) => h.name === name || bindsIt(h.type) || !tokensOf(h.type).includes(name),
  );
  if (!alone || view.target.length > 200) return [];
  const fresh = ['k', 'm', 'i', 'j'].find((v) => !view.words.has(v));
  if (fresh === undefined) return [];
  const at = (value: string) =>
    tokensOf(view.target)
      .map((t) => (t === name ? value : t))
      .join(' ');
  const tactic = [
    `suffices both : ∀ ${fresh}, (${at(fresh)}) ∧ (${at(`(${fresh} + 1)`)}) from (both ${name}).1`,
    `intro ${fresh}`,
    `induction ${fresh}`,
  ].join('\n');
  // A law that gives each value by the two before it sends other tactics up the numbers without an end.
  const recurrence = view.hypotheses.some((h) => /^∀.*\+ 2\)/.test(h.type));
  return [move('induction in pairs', recurrence ? 0.62 : 1.8 + base, tactic)];
}
