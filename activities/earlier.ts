import type { Attempt, TheoremResult } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';
import { newest, slim } from '../workflows/theorem/carried.ts';
import { tokensOf } from '../workflows/theorem/ledger.ts';
import { sampleKey } from '../workflows/theorem/sample-key.ts';
import { brief } from './alive.ts';
import type { FoundBefore, MainActivities } from './api.ts';

/** What a workflow is told of earlier attempts goes into its history: as much as feedback needs. */
const MOST_SAMPLES = 60;
const MOST_BYTES = 120_000;
const LOCAL = 'local';

/** What a theorem did before in its run, from the store: so that it goes on there. */
export const earlierActivities = (store: Store): Pick<MainActivities, 'earlierWork'> => ({
  earlierWork: ({ runId, theoremId }) =>
    brief(async () => {
      const result = await store.getResult(runId, theoremId);
      if (result === null) return null;
      const attempts = await store.listAttempts(runId, theoremId);
      const samples = attempts.filter((a) => a.prover !== LOCAL && a.kind !== 'sketch');
      const { stoppedBy, ledger } = result;
      const found = foundIn(result, samples);
      return {
        ledger,
        attempts: Math.max(0, ...attempts.map((a) => a.n)),
        done: samples.filter(isDone).map((a) => sampleKey(a.prover, a.round, a.sample)),
        spent: spentBy(samples),
        samples: newest(samples.map(slim), MOST_SAMPLES, MOST_BYTES),
        local: attempts.some((a) => a.prover === LOCAL) || stoppedBy === 'rounds' || found !== null,
        searched: stoppedBy === 'rounds',
        ...(found !== null && { found }),
      };
    }),
});

/** From the attempts too: a later turn that came to no end has put its own result into the place of the first. */
const foundIn = (result: TheoremResult, samples: readonly Attempt[]): FoundBefore | null => {
  const own = samples.map((a) => ({ ...a, cached: a.cachedVerdict }));
  for (const { prover, submission, verdict, cached } of [result, ...own])
    if (submission !== null && verdict?.status === 'accepted') return { prover, submission, verdict, cached };
  return null;
};

/** Answered, and judged where there was something to judge. */
const isDone = ({ answer, submission, verdict, error, duplicateOf }: Attempt): boolean =>
  answer !== null && error === null && (submission === null || verdict !== null || duplicateOf !== undefined);

const spentBy = (samples: readonly Attempt[]) => {
  const byProver = new Map<string, { usd: number | null; tokens: number }>();
  for (const { prover, answer } of samples) {
    if (answer === null) continue;
    const { usd, tokens } = byProver.get(prover) ?? { usd: 0, tokens: 0 };
    const cost = answer.cached ? 0 : answer.costUsd;
    byProver.set(prover, {
      usd: usd === null || cost === null ? null : usd + cost,
      tokens: tokens + tokensOf(answer),
    });
  }
  return [...byProver].map(([prover, amount]) => ({ prover, ...amount }));
};
