import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Judged } from '../../activities/api.ts';
import type { Records } from './records.ts';
import { runSample, type SampleEnd, type SampleTask } from './sample.ts';
import type { TheoremState } from './state.ts';

export type RoundEnd = {
  /** The first accepted proof; its siblings were cancelled. */
  readonly accepted: Judged | null;
  readonly ends: readonly SampleEnd[];
};

/** Runs samples in parallel, each judged as its answer arrives; the first accepted proof cancels the others. */
export const runRound = async (
  state: TheoremState,
  records: Records,
  tasks: readonly SampleTask[],
): Promise<RoundEnd> => {
  const siblings = new CancellationScope();
  let accepted: Judged | null = null;
  const settled = await siblings.run(() =>
    Promise.allSettled(
      tasks.map(async (task) => {
        const end = await runSample(state, records, task);
        if (end.kind === 'judged' && end.judged.verdict.status === 'accepted' && accepted === null) {
          accepted = end.judged;
          siblings.cancel();
        }
        return end;
      }),
    ),
  );
  const ends = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const thrown = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  // With a proof in hand, a sibling's end is of no account.
  if (accepted !== null) return { accepted, ends };
  // A cancellation from outside goes before a fault, so that the workflow ends as cancelled.
  const first = thrown.find(isCancellation) ?? thrown[0];
  if (first !== undefined) throw first;
  return { accepted, ends };
};
