import type { ExploredGoal } from '../../../../lean/service.ts';
import { conjectures } from './conjectures.ts';
import { viewOf } from './goal-view.ts';
import { knownOf } from './known.ts';
import type { Runner } from './runner.ts';
import type { World } from './world.ts';

/** Helping laws that were proved, each as the `have` that states and proves it, and the goal with them. */
export type Helped = { readonly goal: ExploredGoal; readonly haves: readonly string[] };

const HEARTBEATS = 900;
/** Laws that are proved with the help of others need those first. */
const ROUNDS = 2;

/** Proves what laws it can of the goal's functions by one induction each, until `used` heartbeats (thousands) are gone. */
export async function speculate(
  goal: ExploredGoal,
  world: World,
  runner: Runner,
  until: number,
): Promise<Helped | null> {
  const view = viewOf(goal.text);
  const { unfold, simp } = knownOf(world, view);
  let open = conjectures(view, world);
  let at = goal;
  const haves: string[] = [];
  const closer = `first | (simp_all [${simp.join(', ')}]; done) | grind [${unfold.join(', ')}]`;
  for (let round = 0; round < ROUNDS && open.length > 0; round += 1) {
    const failed: typeof open = [];
    const before = haves.length;
    for (const one of open) {
      if (runner.used >= until) break;
      const name = fresh(one.name, at.text);
      const variables = /^∀ ([^:]+) :/.exec(one.statement)![1]!;
      const have = `have ${name} : ${one.statement} := by\n  intro ${variables}\n  induction ${one.on} <;> ${closer}`;
      const step = await runner.run(at, have, HEARTBEATS);
      if (step.status === 'goals' && step.goals.length === 1) {
        haves.push(have);
        at = step.goals[0]!;
      } else failed.push(one);
    }
    open = failed;
    if (haves.length === before) break;
  }
  return haves.length === 0 ? null : { goal: at, haves };
}

function fresh(name: string, text: string): string {
  let found = name;
  for (let n = 1; new RegExp(`(^|\\s)${found}(\\s|$)`, 'm').test(text); n += 1) found = `${name}${n}`;
  return found;
}
