import type { LeanService } from '../lean/service.ts';
import type { LocalProver, ModelProver } from '../src/prover/prover.ts';
import type { Store } from '../src/store/store.ts';
import type { Activities, BatchActivities, LeanActivities, LlmActivities, MainActivities } from './api.ts';
import { batchActivities } from './batch.ts';
import { beginRunActivity } from './begin-run.ts';
import { cacheActivities } from './cache.ts';
import { llmActivities } from './generate.ts';
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
}: ActivityDeps): ActivitiesByQueue => {
  const now = () => clock.now();
  return {
    main: {
      ...cacheActivities({ lean, store, now }),
      ...recordActivities(store),
      ...beginRunActivity(store),
      ...quoteActivities({ provers, lean, store, now }),
      ...promptActivities({ provers, store }),
    },
    lean: leanActivities({ lean, store, now, local }),
    llm: {
      ...batchActivities({ provers, lean, store, now }),
      ...llmActivities({
        ...{ provers, lean, store, now },
        ...(llmConcurrency !== undefined && { concurrency: llmConcurrency }),
      }),
    },
  };
};

export const createActivities = (deps: ActivityDeps): Activities => {
  const { main, lean, llm } = activitiesByQueue(deps);
  return { ...main, ...lean, ...llm };
};
