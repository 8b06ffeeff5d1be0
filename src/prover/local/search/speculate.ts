import type { ExploredGoal } from '../../../../lean/service.ts';
import { conjectures } from './conjectures.ts';
import { tokensOf, viewOf } from './goal-view.ts';
import { knownOf } from './known.ts';
import { type Conjecture, statementOf } from './law.ts';
import type { Runner } from './runner.ts';
import { samplesOf } from './samples.ts';
import type { World } from './world.ts';

/** Helping laws that were proved, each as the `have` that states and proves it, and the goal with them. */
export type Helped = {
  readonly goal: ExploredGoal;
  readonly haves: readonly string[];
  /** The goal as it was before each of them. */
  readonly before: readonly ExploredGoal[];
};

const HEARTBEATS = 900;
/** To test a law on a few values. */
const TEST = 300;

/** Laws of the goal's functions that hold of a few values. */
export async function plausible(
  goal: ExploredGoal,
  world: World,
  runner: Runner,
  until: number,
): Promise<readonly Conjecture[]> {
  const view = viewOf(goal.text);
  const { simp } = knownOf(world, view);
  const found: Conjecture[] = [];
  for (const one of conjectures(view, world)) {
    if (runner.used >= until) break;
    if (await isPlausible(one, goal, world, runner, simp)) found.push(one);
  }
  // Of one variable first: they are cheap, and the others need them.
  const one = found.filter((c) => c.variables.length === 1);
  return [...one, ...found.filter((c) => c.variables.length > 1)];
}

/** Proves what it can of laws by one induction each, with those before, until `used` heartbeats (thousands) are gone. */
export async function speculate(
  known: Helped,
  laws: readonly Conjecture[],
  world: World,
  runner: Runner,
  until: number,
): Promise<{ readonly helped: Helped; readonly open: readonly Conjecture[] }> {
  const { unfold, simp } = knownOf(world, viewOf(known.goal.text));
  const closer = `first | (simp_all [${simp.join(', ')}]; done) | grind [${unfold.join(', ')}]`;
  let { goal } = known;
  const haves = [...known.haves];
  const before = [...known.before];
  const open: Conjecture[] = [];
  for (const one of laws) {
    if (runner.used >= until) break;
    const have = proofOf(one, fresh(one.name, goal.text), closer);
    const step = await runner.run(goal, have, HEARTBEATS);
    if (step.status === 'goals' && step.goals.length === 1) {
      haves.push(have);
      before.push(goal);
      goal = step.goals[0]!;
    } else open.push(one);
  }
  return { helped: { goal, haves, before }, open };
}

function proofOf(one: Conjecture, name: string, closer: string): string {
  const names = one.variables.map((v) => v.name);
  const generalizing = one.generalizing === undefined ? '' : ` generalizing ${one.generalizing}`;
  const ways = [
    `induction ${one.on ?? names[0]}${generalizing} <;> ${closer}`,
    ...(one.along === undefined ? [] : [`fun_induction ${one.along} <;> ${closer}`]),
  ];
  const [way, ...more] = ways;
  const proof = more.length === 0 ? way : `first | (${ways.join(') | (')})`;
  return `have ${name} : ${statementOf(one)} := by\n  intro ${names.join(' ')}\n  ${proof}`;
}

/** Whether it holds of a few values; what cannot be tested may hold. */
async function isPlausible(
  { variables, body }: Conjecture,
  goal: ExploredGoal,
  world: World,
  runner: Runner,
  simp: readonly string[],
): Promise<boolean> {
  const samples = variables.map((v) => samplesOf(v.type, world));
  if (samples.some((s) => s.length === 0)) return true;
  const tests = [0, 1].map((n) => {
    const value = new Map(
      variables.map((v, i) => [v.name, samples[i]![(n * (i + 1)) % samples[i]!.length]!]),
    );
    return `(${tokensOf(body)
      .map((t) => value.get(t) ?? t)
      .join(' ')})`;
  });
  const said = [...new Set(tests)];
  const test = `have : ${said.join(' ∧ ')} := by first | decide | simp [${simp.join(', ')}]`;
  const step = await runner.run(goal, test, TEST);
  return step.status === 'goals';
}

function fresh(name: string, text: string): string {
  let found = name;
  for (let n = 1; new RegExp(`(^|\\s)${found}(\\s|$)`, 'm').test(text); n += 1) found = `${name}${n}`;
  return found;
}
