import type { LeanService } from '../lean/service.ts';
import type { LocalProver, ModelProver } from '../src/prover/prover.ts';
import type { Store } from '../src/store/store.ts';
import type { Activities, BatchActivities, LeanActivities, LlmActivities, MainActivities } from './api.ts';
import { batchActivities } from './batch.ts';
import { beginRunActivity } from './begin-run.ts';
import { cacheActivities } from './cache.ts';
import { earlierActivities } from './earlier.ts';
import { CONCURRENCY, llmActivities } from './generate.ts';
import { laneActivities } from './lanes.ts';
import { lookActivities } from './look.ts';
import { promptActivities } from './prompts.ts';
import { quoteActivities } from './quote.ts';
import { recordActivities } from './record.ts';
import { leanActivities } from './verify.ts';

/** What the activities stand on. */
export type ActivityDeps = {
  readonly provers: ReadonlyMap<string, ModelProver>;
  readonly local: LocalProver;
  readonly lean: LeanService;
  readonly store: Store;
  readonly clock: { now(): number };
  /** Model requests at once. */
  readonly llmConcurrency?: number;
  /** Name of the worker, in the events that it records. */
  readonly worker?: string;
  /** Lean tasks that wait in the queue; null = not known. */
  readonly waiting?: () => Promise<number | null>;
};

export type ActivitiesByQueue = {
  readonly main: MainActivities;
  readonly lean: LeanActivities;
  readonly llm: LlmActivities & BatchActivities;
};

/** One group for each task queue. */
export const activitiesByQueue = ({
  provers,
  local,
  lean,
  store,
  clock,
  llmConcurrency,
  worker,
  waiting = async () => null,
}: ActivityDeps): ActivitiesByQueue => {
  const now = () => clock.now();
  return {
    main: {
      ...cacheActivities({ lean, store, now }),
      ...recordActivities(store),
      ...beginRunActivity(store),
      ...earlierActivities(store),
      ...lookActivities(),
      ...quoteActivities({ provers, lean, store, now }),
      ...promptActivities({ provers, store }),
      ...laneActivities({
        ...{ store, now, waiting, llmConcurrency: llmConcurrency ?? CONCURRENCY },
        ownSlots: () => lean.status().slots,
      }),
    },
    lean: leanActivities({ lean, store, now, local }),
    llm: {
      ...batchActivities({ provers, lean, store, now }),
      ...llmActivities({
        ...{ provers, lean, store, now },
        ...(llmConcurrency !== undefined && { concurrency: llmConcurrency }),
        ...(worker !== undefined && { worker }),
      }),
    },
  };
};

export const createActivities = (deps: ActivityDeps): Activities => {
  const { main, lean, llm } = activitiesByQueue(deps);
  return { ...main, ...lean, ...llm };
};
