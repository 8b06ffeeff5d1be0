import type { ExploredGoal, ProofStep } from '../../../../lean/service.ts';
import { alternativesOf, blocksOf, factsIn } from './lighten.ts';
import type { Proof, SubProof } from './proof.ts';

/** Tries a tactic on a goal; whether it closes it. */
type Run = (goal: ExploredGoal, tactic: string, heartbeats: number) => Promise<ProofStep>;

const MOST_TRIES = 40;
const HEARTBEATS = 5_000;
/** Tactics with a list of what they unfold and use. */
const LISTED = /^(grind|simp_all|simp) \[([^\][]*)\]$/;

/** A shorter proof of the same goals: steps and names that it can do without are dropped. Every change is tried in Lean. */
export async function minimised(proof: Proof, run: Run): Promise<Proof> {
  let tries = 0;
  const closes = async (goal: ExploredGoal, tactic: string): Promise<boolean> => {
    tries += 1;
    if (tries > MOST_TRIES) return false;
    const step = await run(goal, tactic, HEARTBEATS);
    return step.status === 'goals' && step.goals.length === 0;
  };

  /** Without the names in brackets that it can do without. */
  const shortened = async (leaf: Proof): Promise<Proof> => {
    const [, tactic, said] = LISTED.exec(leaf.tactic) ?? [];
    if (tactic === undefined) return leaf;
    let names = said!.split(', ');
    const text = (list: readonly string[]) => (list.length === 0 ? tactic : `${tactic} [${list.join(', ')}]`);
    for (const name of [...names].reverse()) {
      const fewer = names.filter((n) => n !== name);
      if (await closes(leaf.goal, text(fewer))) names = fewer;
    }
    return { ...leaf, tactic: text(names) };
  };

  /** Without the facts that it can do without, and with the one alternative that serves. */
  const lightened = async (leaf: Proof): Promise<Proof> => {
    let { tactic } = leaf;
    for (const choice of alternativesOf(tactic)) {
      if (!(await closes(leaf.goal, choice))) continue;
      tactic = choice;
      break;
    }
    for (const drop of factsIn(blocksOf(tactic))) {
      const rest = blocksOf(tactic).filter((b) => b !== drop);
      if (await closes(leaf.goal, rest.join('\n'))) tactic = rest.join('\n');
    }
    const plain = tactic.replace(/^try have/gm, 'have');
    if (plain !== tactic && (await closes(leaf.goal, plain))) tactic = plain;
    return { ...leaf, tactic };
  };

  /** One closer for all goals of a step, where one of them will do. */
  const united = async (goals: readonly SubProof[]): Promise<readonly SubProof[]> => {
    const leaves = goals.every(({ proof: p }) => p.goals.length === 0 && !p.tactic.includes('\n'));
    if (!leaves || goals.length < 2) return goals;
    for (const tactic of new Set(goals.map((g) => g.proof.tactic))) {
      let all = true;
      for (const { proof: p } of goals) all &&= p.tactic === tactic || (await closes(p.goal, tactic));
      if (all) return goals.map((g) => ({ ...g, proof: { ...g.proof, tactic } }));
    }
    return goals;
  };

  const visit = async (one: Proof): Promise<Proof> => {
    if (one.goals.length === 0) return shortened(await lightened(one));
    const goals: SubProof[] = [];
    for (const g of one.goals) goals.push({ ...g, proof: await visit(g.proof) });
    const [only] = goals;
    if (goals.length === 1 && only!.proof.goals.length === 0) {
      const { tactic, name } = only!.proof;
      if (!tactic.includes('\n') && (await closes(one.goal, tactic)))
        return shortened({ name, tactic, goal: one.goal, goals: [] });
    }
    return { ...one, goals: await united(goals) };
  };
  return visit(proof);
}
