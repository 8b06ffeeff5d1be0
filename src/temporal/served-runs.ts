import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** How long after its last activity a run counts as served. */
const LINGER_MS = 60_000;

/** The runs that this worker's activities belong to: whom to tell of a decision. */
export class ServedRuns {
  readonly #runs = new Map<string, { atWork: number; endedAt: number }>();
  readonly #met = new Set<string>();
  readonly #onFirst: (run: string) => void;

  /** `onFirst` is called with each run once, at its first activity here. */
  constructor(onFirst: (run: string) => void = () => {}) {
    this.#onFirst = onFirst;
  }

  current(now = Date.now()): readonly string[] {
    for (const [id, { atWork, endedAt }] of this.#runs)
      if (atWork === 0 && now - endedAt > LINGER_MS) this.#runs.delete(id);
    return [...this.#runs.keys()];
  }

  /** Sees every activity of a worker begin and end. */
  readonly interceptor: ActivityInterceptorsFactory = ({ info }) => {
    // A theorem's workflow has the id of its run before the slash.
    const [id = ''] = (info.workflowExecution?.workflowId ?? '').split('/');
    return {
      inbound: {
        execute: async (input, next) => {
          if (!this.#met.has(id)) {
            this.#met.add(id);
            this.#onFirst(id);
          }
          const run = this.#runs.get(id) ?? { atWork: 0, endedAt: 0 };
          this.#runs.set(id, run);
          run.atWork += 1;
          try {
            return await next(input);
          } finally {
            run.atWork -= 1;
            run.endedAt = Date.now();
          }
        },
      },
    };
  };
}
