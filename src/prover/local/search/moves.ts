import { type GoalView, type Hypothesis, looksLikeProposition, tokensOf } from './goal-view.ts';
import type { Step } from './steps.ts';
import { applications, equation, topLevel } from './terms.ts';
import { lastOf, reached, type World } from './world.ts';

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
const FINITE: ReadonlySet<string> = new Set(['Bool', 'Unit', 'Ordering']);
/** Library functions with a principle of induction of their own that is worth trying. */
const MOST_VARIABLES = 4;

/** Steps that change the goal. They say names. */
export function moves(view: GoalView, world: World): Step[] {
  const move = (name: string, cost: number, tactic: string, heartbeats = 1_000): Step => ({
    name,
    tactic,
    cost,
    heartbeats,
    named: true,
  });
  const hidden = view.hypotheses.filter((h) => h.hidden);
  // Names come first: what is said below holds for the goal with names.
  if (hidden.length > 0) return [];
  if (startsWithBinder(view.target)) return [move('intro', 0.15, 'intros')];
  const variables = inductiveVariables(view, world);
  return [
    ...unfolded(view, world, move),
    ...logic(view, move),
    ...witnesses(view, move),
    ...inductions(view, variables, world, move),
    ...splits(view, variables, world, move),
    ...generalisations(view, move),
  ];
}

type Move = (name: string, cost: number, tactic: string, heartbeats?: number) => Step;

const startsWithBinder = (target: string): boolean => {
  if (target.startsWith('∀')) return true;
  return topLevel(target).includes('→') && !/^[∃¬]/.test(target);
};

/** Variables that can be taken apart, own types first. */
function inductiveVariables(view: GoalView, world: World): Hypothesis[] {
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
const growsWith = (text: string, name: string): boolean => {
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

function logic(view: GoalView, move: Move): Step[] {
  const top = topLevel(view.target);
  const steps: Step[] = [];
  if (/^¬/.test(view.target) || /^[^∃∀]* ≠ /.test(view.target)) steps.push(move('intro', 0.75, 'intro h'));
  if (top.includes('↔') || (top.includes('∧') && !top.includes('∨') && !/^[∃∀]/.test(view.target)))
    steps.push(move('constructor', 0.9, 'constructor'));
  else if (top.includes('∨')) steps.push(move('left', 1.6, 'left'), move('right', 1.6, 'right'));
  if (/=/.test(view.target) && /^fun /.test(view.target)) steps.push(move('funext', 0.6, 'funext x'));
  for (const h of view.hypotheses.filter((x) => !x.hidden).slice(-8)) {
    const parts = topLevel(h.type);
    const name = h.name;
    if (h.type.startsWith('∃')) steps.push(move('obtain', 0.5, `obtain ⟨w, ${name}⟩ := ${name}`));
    else if (parts.includes('∧') && !parts.includes('∨') && !/^[∀]/.test(h.type) && !parts.includes('→'))
      steps.push(move('obtain', 0.5, `obtain ⟨${name}, ${name}'⟩ := ${name}`));
    else if (parts.includes('∨') && !/^[∀]/.test(h.type) && !parts.includes('→'))
      steps.push(move('cases', 1.3, `rcases ${name} with ${name} | ${name}`));
    else if (parts.includes('∣') && parts.length >= 3 && !/^[∀∃¬]/.test(h.type) && !parts.includes('→'))
      steps.push(move('obtain', 1.5, `obtain ⟨k, ${name}⟩ := ${name}`));
  }
  return steps;
}

/** Definitions that only name something: their meaning is what the other steps can see. */
function unfolded(view: GoalView, world: World, move: Move): Step[] {
  const names = reached(world, view.words)
    .filter((f) => !f.recursive && !f.matches)
    .map((f) => f.name);
  return names.length === 0 ? [] : [move('unfold', 0.75, `simp only [${names.join(', ')}] at *`)];
}

/** Witnesses of an existential: small numerals, and what is at hand of the type. */
function witnesses(view: GoalView, move: Move): Step[] {
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
  return [...quotients, ...terms, ...numbers, ...sums, ...pairs].map((t, i) =>
    move('witness', 1.3 + 0.15 * i, `refine ⟨${t}, ?_⟩`, 500),
  );
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

function inductions(view: GoalView, variables: readonly Hypothesis[], world: World, move: Move): Step[] {
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
    for (const h of view.hypotheses) {
      const from = /^(\d+) (≤|<) (\S+)$/.exec(h.type);
      if (from === null || from[3] !== v.name || h.hidden) continue;
      const least = from[2] === '<' ? `Nat.succ_le_of_lt ${h.name}` : h.name;
      steps.push(move('induction', 0.95 + base, `induction ${v.name}, ${least} using Nat.le_induction`));
    }
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

function splits(view: GoalView, variables: readonly Hypothesis[], world: World, move: Move): Step[] {
  const steps: Step[] = [];
  if (/\b(if|match)\b/.test(view.target)) steps.push(move('split', 0.8, 'split'));
  if (view.hypotheses.some((h) => /\b(if|match)\b/.test(h.type)))
    steps.push(move('split', 1.2, 'split at *'));
  variables.slice(0, MOST_VARIABLES).forEach((v, i) => {
    const own = world.types.get(v.type);
    const plain = own?.plain === true || FINITE.has(v.type);
    // Functions take their arguments apart one behind the other, so behind an induction the next one is due.
    const due = view.hypotheses.some((h) => /^ih/.test(h.name));
    steps.push(move('cases', (plain ? 1 : due ? 1.3 : 2.2) + 0.3 * i, `cases ${v.name}`));
  });
  return steps;
}

/**
 * After a step of induction (Boyer and Moore): the hypothesis is used from right to left on one side of the equation, then a
 * term that both sides have is made a variable, and what was left of the hypothesis goes.
 */
function generalisations(view: GoalView, move: Move): Step[] {
  const goal = equation(view.target);
  if (goal === null) return [];
  const steps: Step[] = [];
  const ihs = view.hypotheses.filter((h) => !h.hidden && /^ih/.test(h.name));
  for (const ih of ihs) {
    if (equation(ih.type) === null) continue;
    for (const side of ['rhs', 'lhs']) {
      steps.push(move('fertilise', 1.6, `conv => ${side}; rw [← ${ih.name}]`));
      steps.push(move('fertilise', 1.6, `conv => ${side}; rw [${ih.name}]`));
    }
  }
  const common = sharedTerms(goal.left, goal.right);
  common.slice(0, 3).forEach((term, i) => {
    const clear = ihs.length > 0 ? `\nclear ${ihs.map((h) => h.name).join(' ')}` : '';
    steps.push(move('generalize', 1.3 + 0.3 * i, `generalize ${term} = z${clear}`));
  });
  return steps;
}

/** Applications that both sides have, smaller ones first. */
function sharedTerms(left: string, right: string): string[] {
  const of = (text: string) => applications(text).map(({ head, args }) => [head, ...args].join(' '));
  const there = new Set(of(right));
  return of(left)
    .filter((t) => there.has(t))
    .toSorted((a, b) => a.length - b.length);
}
