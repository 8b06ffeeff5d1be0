import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { StageEnd } from './stage.ts';

/** An end after which the other provers have nothing to add: a proof, or a theorem that cannot be judged at all. */
const settles = (end: StageEnd): boolean =>
  end.kind === 'fault' || (end.kind === 'found' && end.found.verdict.status === 'accepted');

/**
 * Runs a stage for each prover at once; the first that settles the theorem cancels the others. The ends of
 * those that came to one, the settling one first. A cancellation from outside passes through.
 */
export const race = async (
  provers: readonly string[],
  run: (prover: string) => Promise<StageEnd>,
): Promise<readonly StageEnd[]> => {
  const racers = new CancellationScope();
  const settling: StageEnd[] = [];
  const all = await racers.run(() =>
    Promise.allSettled(
      provers.map(async (prover) => {
        const end = await run(prover);
        if (settles(end) && settling.length === 0) {
          settling.push(end);
          racers.cancel();
        }
        return end;
      }),
    ),
  );
  const ends = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [first] = settling;
  // With the theorem settled, what became of the others is of no account.
  if (first !== undefined) return [first, ...ends.filter((end) => end !== first)];
  const thrown = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const reason = thrown.find(isCancellation) ?? thrown[0];
  if (reason !== undefined) throw reason;
  return ends;
};
