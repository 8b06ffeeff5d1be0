import type { RunRecord, TheoremResult } from '../../model/index.ts';
import type { Session } from '../../temporal/session.ts';
import { EXIT } from '../exit.ts';
import { aborted, type Interrupt } from '../interrupt.ts';
import { follow } from './follow.ts';
import type { RunView } from './view.ts';
import type { Workbench } from './workbench.ts';

export type Watched = {
  readonly bench: Workbench;
  readonly session: Session;
  readonly view: RunView;
  readonly interrupt: Interrupt;
  readonly runId: string;
  /** Each result as it comes; one that was there before the run's start comes at its end. */
  readonly onResult: (result: TheoremResult) => void;
};

/** Milliseconds that the server gets to take the request of a second Ctrl-C. */
const CANCEL_MS = 1500;

/** Watches a run to its end and answers its record, or null after a Ctrl-C. Throws what ended the run as a whole. */
export const watchRun = async (watched: Watched): Promise<RunRecord | null> => {
  const { bench, session, view, interrupt, runId } = watched;
  const runs = await import('../../temporal/runs.ts');
  const ctx = { ...session, store: bench.store };
  const { startedAt } = await runs.headOf(bench.store, runId);
  const follower = new runs.RunFollower(ctx, runId);
  const told = new Set<string>();
  const tell = (result: TheoremResult) => {
    told.add(result.theoremId);
    view.result(result);
    watched.onResult(result);
  };

  const over = new AbortController();
  const ended = runs.waitForRun(ctx, runId, { signal: interrupt.soft }).finally(() => over.abort());
  ended.catch(() => {});
  // Nobody who has pressed Ctrl-C waits for a request that is on its way to the server.
  const left = aborted(interrupt.soft).then(() => {
    stopping(watched, async () => {
      if (!session.hostsWorker) return runs.cancelRun(ctx, runId);
      // Our worker goes with us, so nobody could carry out a cancellation.
      await runs.terminateRun(ctx, runId, 'Ctrl-C twice');
    });
    return null;
  });
  const following = follow({
    view,
    startedAt,
    look: () => follower.look(),
    // Those of before its start stay, or are about to be written anew.
    onResult: (result) => {
      if (result.endedAt >= startedAt) tell(result);
    },
    signal: AbortSignal.any([over.signal, interrupt.soft]),
  });
  try {
    const record = await Promise.race([ended, bench.workerFailed, left]);
    await following;
    for (const result of record?.results ?? []) {
      if (told.has(result.theoremId)) continue;
      if (result.endedAt >= startedAt) tell(result);
      else watched.onResult(result);
    }
    return record;
  } catch (error) {
    if (interrupt.soft.aborted) return null;
    throw error;
  } finally {
    view.stop();
  }
};

/** The first Ctrl-C has come: says what it does, and has the second one end the run for good. */
const stopping = ({ view, session, interrupt }: Watched, cancel: () => Promise<void>): void => {
  view.stop();
  view.say(
    session.hostsWorker
      ? 'Stopping: nothing new starts, and what is not done goes on later. Ctrl-C again cancels the run.'
      : 'Leaving: the run goes on in the worker that serves it. Ctrl-C again cancels it.',
  );
  interrupt.hard.addEventListener('abort', () => {
    view.say('Cancelled.');
    const leave = () => process.exit(EXIT.interrupted);
    setTimeout(leave, CANCEL_MS);
    cancel().then(leave, leave);
  });
};
