import type { ExploredGoal, LeanService, ProofExplorer, StepLimits } from '../../lean/service.ts';
import type { Submission, Theorem } from '../../src/model/index.ts';
import type { LocalProver } from '../../src/prover/prover.ts';

export type Closed = {
  readonly theorem: Theorem;
  /** Accepted by a judge, or null. */
  readonly proof: string | null;
  /** From the request to the judgement. */
  readonly ms: number;
  readonly steps: number;
  readonly heartbeats: number;
  readonly kinds: readonly string[];
  /** Texts that the search took for proofs and the judge did not. */
  readonly refused: number;
};

type Options = { readonly how: 'search' | 'portfolio'; readonly trace: boolean };

const JUDGE = { wallMs: 30_000, heartbeats: 200_000 };

/** One theorem with the local prover alone. */
export async function closeOne(
  lean: LeanService,
  prover: LocalProver,
  theorem: Theorem,
  { how, trace }: Options,
): Promise<Closed> {
  const began = performance.now();
  const job = { challenge: theorem, options: JUDGE };
  let refused = 0;
  const judged = async (proofs: readonly Submission[]): Promise<string | null> => {
    for (const proof of proofs) {
      if ((await lean.judge(job, proof)).status === 'accepted') return proof.text;
      refused += 1;
    }
    return null;
  };
  const end = (proof: string | null, steps = 0, heartbeats = 0, kinds: readonly string[] = []): Closed => ({
    theorem,
    proof,
    ms: performance.now() - began,
    steps,
    heartbeats,
    kinds,
    refused,
  });
  if (how === 'portfolio') {
    const options = { ...JUDGE, heartbeats: prover.heartbeats ?? JUDGE.heartbeats };
    const tried = await lean.firstAccepted({ ...job, options }, prover.candidates(theorem));
    const last = tried.at(-1);
    return end(last?.verdict.status === 'accepted' ? await judged([last.submission]) : null, tried.length);
  }
  const { limits, find } = prover.search!;
  const experience = async () => new Map<string, number>();
  const explored = await lean.explore(job, (explorer) =>
    find(theorem, trace ? traced(explorer) : explorer, { limits, experience }),
  );
  const found = explored?.found;
  if (found === undefined || found.status === 'unusable') return end(null);
  const { steps, heartbeats, kinds } = found.report;
  return end(found.status === 'found' ? await judged(found.proofs) : null, steps, heartbeats, kinds);
}

/** Prints each step. */
const traced = (explorer: ProofExplorer): ProofExplorer => ({
  open: () => explorer.open(),
  relevant: async (limit) => (await explorer.relevant?.(limit)) ?? [],
  run: async (goal: ExploredGoal, tactic: string, limits: StepLimits) => {
    const step = await explorer.run(goal, tactic, limits);
    const line = (text: string) => text.replace(/\s*\n\s*/g, ' | ').slice(0, 200);
    const used = 'used' in step ? Math.round(step.used) : 0;
    const left = step.status === 'goals' ? step.goals.map((g) => line(g.text)).join(' || ') : '';
    console.log(`  [${Math.round(step.ms)} ms ${used}] ${line(tactic)} => ${step.status} ${left}`);
    return step;
  },
});
