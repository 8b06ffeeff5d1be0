import { setTimeout as sleep } from 'node:timers/promises';
import type { RunProgress, TheoremResult } from '../../model/index.ts';
import type { Look } from '../../temporal/runs.ts';
import type { RunView } from './view.ts';

const LOOK_MS = 300;
const DRAW_MS = 120;
const WAIT_MS = 8000;

export type Followed = {
  readonly view: RunView;
  readonly startedAt: number;
  /** Where the run stands now, and what is new. Rejects while nobody can answer; it is then asked again. */
  readonly look: () => Promise<Look>;
  /** Each result as it is written. */
  readonly onResult: (result: TheoremResult) => void;
  /** Aborted when nobody wants to follow any more. */
  readonly signal: AbortSignal;
};

const isOver = (p: RunProgress): boolean => p.state !== 'running' && p.state !== 'paused';

/** Watches a run until it is over (then its last progress), or until the signal (then what is known, or null). */
export const follow = async (run: Followed): Promise<RunProgress | null> => {
  const { view, signal } = run;
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
        last = now.progress;
        for (const result of now.fresh) run.onResult(result);
        if (isOver(last)) return last;
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
