import type { ExploredGoal } from '../../../../lean/service.ts';
import { viewOf } from './goal-view.ts';
import { namesFor } from './names.ts';
import type { Proof, SubProof } from './proof.ts';
import { replayed } from './replay.ts';
import type { Runner } from './runner.ts';
import type { Search, SearchResult } from './search.ts';
import { type Helped, plausible, speculate } from './speculate.ts';
import { reached, type World } from './world.ts';

/** Shares of the heartbeats: for the search without help, then with lemmas of the library, before laws are looked for. */
const FIRST = { program: 0.32, library: 0.6 };
const LEMMAS = 0.4;
/** In each round: until when laws are proved, and until when the theorem is searched with them. */
const PROVED: readonly number[] = [0.68, 0.88];
const SEARCHED: readonly number[] = [0.8, 1];
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
  const first = await search.prove(goal, FIRST[isProgram ? 'program' : 'library'] * heartbeats);
  if (first.proof !== null) return first;
  search.offer(await runner.lemmas());
  const second = await search.resume(isProgram ? LEMMAS * heartbeats : heartbeats);
  if (second.proof !== null || !isProgram) return second;
  const begun = await introduced(runner, goal);
  let helped: Helped = { goal: begun.goal, haves: [], before: [] };
  let laws = await plausible(begun.goal, world, runner, PROVED[0]! * heartbeats);
  for (const [round, share] of PROVED.entries()) {
    const more = await speculate(helped, laws, world, runner, share * heartbeats);
    // Laws that are proved with the help of others come in a second round.
    if (more.helped.haves.length === helped.haves.length) break;
    [helped, laws] = [more.helped, more.open];
    const { proof, names } = await search.prove(helped.goal, SEARCHED[round]! * heartbeats);
    if (proof === null) continue;
    const needed = await withoutNeedless(helped, { tag: '', names, proof }, begun.goal, runner);
    return { names: begun.names, proof: begun.wrap(needed) };
  }
  return helped.haves.length === 0 ? search.resume(heartbeats) : { proof: null, names: [] };
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
  { haves, before }: Helped,
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
  let kept: string[] = [];
  for (const [i, have] of [...haves.entries()].toReversed()) {
    const needless = runner.used < until && (await replayed(chain(kept), before[i]!, runner)) !== null;
    if (!needless) kept = [have, ...kept];
  }
  return (await replayed(chain(kept), goal, runner)) ?? chain(haves);
}
