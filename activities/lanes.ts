import type { Load, RunEvent, TunedEvent } from '../src/model/index.ts';
import { type Held, held } from '../src/scheduler/control/hold.ts';
import { controlLanes, type LaneSample, lanePolicy } from '../src/scheduler/control/lanes.ts';
import type { Store } from '../src/store/store.ts';
import { brief } from './alive.ts';
import type { AdviseLanesInput, MainActivities } from './api.ts';

export type LaneDeps = {
  readonly store: Pick<Store, 'listLoads' | 'listEvents' | 'putEvent'>;
  /** Slots of this process: all that is known before a worker has reported. */
  readonly ownSlots: () => number;
  /** Lean tasks that no worker has taken yet; null = the server does not say. */
  readonly waiting: () => Promise<number | null>;
  /** Requests to models at once of a worker that no provider limits. */
  readonly llmConcurrency: number;
  readonly now: () => number;
};

/** A worker that said nothing for so long counts no more. */
const RECENT_MS = 20_000;

/** Looks at queue, workers and refusals, and says how many theorems a run should have in work. */
export const laneActivities = (deps: LaneDeps): Pick<MainActivities, 'adviseLanes'> => ({
  adviseLanes: (input) =>
    brief(async () => {
      const { runId, lanes, most, state } = input;
      const at = deps.now();
      const [loads, events, waiting] = await Promise.all([
        deps.store.listLoads(at - RECENT_MS, at),
        deps.store.listEvents(runId),
        deps.waiting().catch(() => null),
      ]);
      const sample: LaneSample = {
        ...{ at, inFlight: input.inFlight, left: input.left, waiting },
        slots: loads.length === 0 ? deps.ownSlots() : slotsOf(loads),
        utilisation: utilisationOf(loads),
        model: modelOf(deps, input, loads, events, at),
        leanFirst: input.leanFirst,
      };
      // Whoever set the lanes since: what was decided before is of another number.
      const known: Held =
        state !== null && state.value === lanes ? state : { ...held(lanes), ...(state && { changedAt: at }) };
      const step = controlLanes(lanePolicy(most), known, sample);
      if (step.decision !== null) {
        const { from, to, reason } = step.decision;
        await deps.store.putEvent(runId, { at, what: 'lanes', from, to, reason, by: 'run' });
      }
      return { lanes: step.state.value, state: step.state };
    }),
});

const latest = <T>(rows: readonly T[], of: (row: T) => string): readonly T[] => [
  ...new Map(rows.map((row) => [of(row), row])).values(),
];

const slotsOf = (loads: readonly Load[]): number =>
  latest(loads, ({ worker }) => worker).reduce((sum, { slots }) => sum + slots, 0);

const utilisationOf = (loads: readonly Load[]): number | null => {
  const available = loads.reduce((sum, { availableMs }) => sum + availableMs, 0);
  return available <= 0 ? null : loads.reduce((sum, { busyMs }) => sum + busyMs, 0) / available;
};

/** What the run's models bear at once on all workers, by what the workers told of their refusals. */
const modelOf = (
  { llmConcurrency }: LaneDeps,
  { models, state }: AdviseLanesInput,
  loads: readonly Load[],
  events: readonly RunEvent[],
  at: number,
): LaneSample['model'] => {
  if (models === 0) return null;
  const limits = events.filter((e): e is TunedEvent => e.what === 'model-lanes');
  const refused = limits.filter(
    (e) => e.to < e.from && e.at > at - RECENT_MS && e.at > (state?.changedAt ?? 0),
  );
  const names = new Set(loads.map(({ worker }) => worker));
  const perWorker = [...(names.size === 0 ? ['this one'] : names)].map((worker) => {
    const own = latest(
      limits.filter(({ by }) => by.startsWith(`${worker} `)),
      ({ by }) => by,
    );
    const unlimited = Math.max(0, models - own.length) * llmConcurrency;
    return Math.min(llmConcurrency, unlimited + own.reduce((sum, { to }) => sum + to, 0));
  });
  return { limit: perWorker.reduce((a, b) => a + b, 0), refused: refused.length };
};
