import type { ExploredGoal } from '../../../../lean/service.ts';
import { viewOf } from './goal-view.ts';
import { namesFor } from './names.ts';
import type { Proof, SubProof } from './proof.ts';
import { replayed } from './replay.ts';
import type { Runner } from './runner.ts';
import type { Search, SearchResult } from './search.ts';
import { speculate } from './speculate.ts';
import { reached, type World } from './world.ts';

/** Share of the heartbeats for the search without help, and the point where helping laws are no longer looked for. */
const FIRST = 0.45;
const HELPED = 0.75;
/** Heartbeats (thousands) for finding out which laws a proof can do without. */
const TIDYING = 4_000;

/** By search alone; then with laws of the goal's functions as further hypotheses. */
export async function proveInStages(
  { search, runner }: { readonly search: Search; readonly runner: Runner },
  goal: ExploredGoal,
  world: World,
  heartbeats: number,
): Promise<SearchResult> {
  const isProgram = reached(world, viewOf(goal.text).words).length > 0;
  const first = await search.prove(goal, isProgram ? FIRST * heartbeats : heartbeats);
  if (first.proof !== null || !isProgram) return first;
  const begun = await introduced(runner, goal);
  const helped = await speculate(begun.goal, world, runner, HELPED * heartbeats);
  if (helped === null) return search.resume(heartbeats);
  const { proof, names } = await search.prove(helped.goal, heartbeats);
  if (proof === null) return { proof: null, names: [] };
  const needed = await withoutNeedless(helped.haves, { tag: '', names, proof }, begun.goal, runner);
  return { names: begun.names, proof: begun.wrap(needed) };
}

type Begun = {
  readonly goal: ExploredGoal;
  /** Of hypotheses that were hidden before anything was introduced. */
  readonly names: readonly string[];
  readonly wrap: (proof: Proof) => Proof;
};

/** The goal with names for its hypotheses, and with what its `∀`s bind among them. */
async function introduced(runner: Runner, goal: ExploredGoal): Promise<Begun> {
  const root = await named(runner, goal);
  if (!/^∀/.test(viewOf(root.goal.text).target)) return { ...root, wrap: (proof) => proof };
  const step = await runner.run(root.goal, 'intros', 500);
  const inside = step.status === 'goals' ? step.goals[0] : undefined;
  if (inside === undefined) return { ...root, wrap: (proof) => proof };
  const { goal: within, names } = await named(runner, inside);
  const wrap = (proof: Proof): Proof => ({
    goal: root.goal,
    name: 'intro',
    tactic: 'intros',
    goals: [{ tag: '', names, proof }],
  });
  return { goal: within, names: root.names, wrap };
}

async function named(runner: Runner, goal: ExploredGoal) {
  const names = namesFor(viewOf(goal.text));
  if (names.length === 0) return { goal, names };
  const step = await runner.run(goal, `rename_i ${names.join(' ')}`, 500);
  const renamed = step.status === 'goals' ? step.goals[0] : undefined;
  return renamed === undefined ? { goal, names: [] } : { goal: renamed, names };
}

/** The proof with those laws only that it needs, the later ones given up first. */
async function withoutNeedless(
  haves: readonly string[],
  tail: SubProof,
  goal: ExploredGoal,
  runner: Runner,
): Promise<Proof> {
  const until = runner.used + TIDYING;
  const chain = (of: readonly string[]): Proof =>
    of.reduceRight<SubProof>(
      (inner, have) => ({ tag: '', names: [], proof: { goal, name: 'law', tactic: have, goals: [inner] } }),
      tail,
    ).proof;
  let kept = [...haves];
  let best = chain(kept);
  for (const have of haves.toReversed()) {
    if (runner.used >= until) break;
    const fewer = kept.filter((h) => h !== have);
    const again = await replayed(chain(fewer), goal, runner);
    if (again !== null) [kept, best] = [fewer, again];
  }
  return kept.length < haves.length ? best : ((await replayed(best, goal, runner)) ?? best);
}
