import type { ExploredGoal } from '../../../../lean/service.ts';
import type { Proof, SubProof } from './proof.ts';
import type { Runner } from './runner.ts';

const HEARTBEATS = 4_000;

/** The same proof on another goal (one that has fewer hypotheses, say), with the goals that it meets there; null if it fails. */
export async function replayed(proof: Proof, goal: ExploredGoal, runner: Runner): Promise<Proof | null> {
  const step = await runner.run(goal, proof.tactic, HEARTBEATS);
  if (step.status !== 'goals' || step.goals.length !== proof.goals.length) return null;
  const goals: SubProof[] = [];
  for (const [i, sub] of proof.goals.entries()) {
    let at = step.goals[i]!;
    if (sub.names.length > 0) {
      const renamed = await runner.run(at, `rename_i ${sub.names.join(' ')}`, 500);
      if (renamed.status !== 'goals' || renamed.goals[0] === undefined) return null;
      at = renamed.goals[0];
    }
    const again = await replayed(sub.proof, at, runner);
    if (again === null) return null;
    goals.push({ ...sub, proof: again });
  }
  return { ...proof, goal, goals };
}
