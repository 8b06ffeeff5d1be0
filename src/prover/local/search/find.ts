import type { ProofExplorer } from '../../../../lean/service.ts';
import type { Theorem } from '../../../model/index.ts';
import type { LocalFinding, LocalSearchOptions } from '../../prover.ts';
import { learnedCost } from './experience.ts';
import { viewOf } from './goal-view.ts';
import { minimised } from './minimise.ts';
import { proofText, stepNames } from './proof.ts';
import { Runner } from './runner.ts';
import { Search } from './search.ts';
import { shapeOf } from './shape.ts';
import { proveInStages } from './stages.ts';
import { worldOf } from './world.ts';

/** Looks for a proof of a theorem with Lean's own automation. What it finds still has to be judged. */
export async function findProof(
  theorem: Theorem,
  explorer: ProofExplorer,
  options: LocalSearchOptions,
): Promise<LocalFinding> {
  const began = performance.now();
  const goal = await explorer.open();
  if (typeof goal === 'string') return { status: 'unusable', why: goal };
  const world = worldOf(theorem.context);
  const shape = shapeOf(viewOf(goal.text), world);
  const cost = learnedCost(await options.experience(shape));
  const runner = new Runner(explorer, options.limits, options.signal);
  const search = new Search(runner, { world, cost });
  const { proof, names } = await proveInStages({ search, runner }, goal, world, options.limits.heartbeats);
  const report = () => ({
    shape,
    steps: runner.steps,
    heartbeats: Math.round(runner.used),
    ms: Math.round(performance.now() - began),
  });
  if (proof === null) return { status: 'nothing', report: report(), exhausted: !runner.hitClock };
  const kinds = [...new Set(stepNames(proof))];
  const shorter = await minimised(proof, (at, tactic, heartbeats) => runner.run(at, tactic, heartbeats));
  const texts = new Set([proofText(shorter, names), proofText(proof, names)]);
  return {
    status: 'found',
    proofs: [...texts].map((text) => ({ form: 'proof', text })),
    report: { ...report(), kinds },
  };
}
