import { setTimeout as sleep } from 'node:timers/promises';
import type { RunProgress, TheoremResult } from '../../model/index.ts';
import type { RunView } from './view.ts';

const LOOK_MS = 300;
const DRAW_MS = 120;
const WAIT_MS = 8000;

export type Followed = {
  readonly view: RunView;
  readonly startedAt: number;
  /** Where the run stands now. Rejects while no worker can answer; it is then asked again. */
  readonly look: () => Promise<RunProgress>;
  /** Each result once, in the order in which they are seen. */
  readonly onResult: (result: TheoremResult) => void;
  /** Aborted when nobody wants to follow any more. */
  readonly signal: AbortSignal;
};

const isOver = (p: RunProgress): boolean => p.state !== 'running' && p.state !== 'paused';

/** Watches a run until it is over (then its last progress), or until the signal (then what is known, or null). */
export const follow = async (run: Followed): Promise<RunProgress | null> => {
  const { view, signal } = run;
  const seen = new Set<string>();
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  let last: RunProgress | null = null;
  let told = Date.now();
  const timer = setInterval(() => {
    if (last !== null) view.progress(last, Date.now() - run.startedAt);
  }, DRAW_MS);
  try {
    while (!signal.aborted) {
      const now = await Promise.race([run.look().catch(() => null), stopped]);
      if (now !== null) {
        last = now;
        for (const result of now.results) {
          if (seen.has(result.theoremId)) continue;
          seen.add(result.theoremId);
          run.onResult(result);
        }
        if (isOver(now)) return now;
      } else if (last === null && Date.now() - told > WAIT_MS) {
        told = Date.now();
        view.say('Waiting for a worker to answer. `proofloop doctor` says whether one is there.');
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
    }
    return last;
  } finally {
    clearInterval(timer);
  }
};
