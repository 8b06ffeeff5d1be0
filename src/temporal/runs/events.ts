import { hostname, userInfo } from 'node:os';
import type { Budget, RunEvent, RunLimits, RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';

/** Why a run is changed, and by whom; it stands in the event that is kept of the change. */
export type Because = { readonly reason: string; readonly by: string };

/** The person at this machine, for the events of what is asked here. */
export const because = (reason: string): Because => ({ reason, by: `${userName()}@${hostname()}` });

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container whose user has no entry in its passwd.
    return 'somebody';
  }
};

const LIMITS: Record<keyof RunLimits, RunEvent['what']> = {
  lanes: 'lanes',
  autoLanes: 'auto-lanes',
  costUsd: 'max-cost',
  tokens: 'run-max-tokens',
  wallMs: 'run-timeout',
};
const BUDGET: Record<keyof Budget, RunEvent['what']> = {
  rounds: 'max-rounds',
  samples: 'samples',
  maxSamples: 'max-samples',
  tokens: 'max-tokens',
  costUsd: 'theorem-max-cost',
  wallMs: 'timeout',
};

type Limited = Pick<RunRecord, 'state' | 'limits'> & { readonly plan: Pick<RunRecord['plan'], 'budget'> };

/** What differs between two states of a run's record, an event each. */
export const eventsOf = (before: Limited, after: Limited, why: Because, at: number): RunEvent[] => {
  const event = (what: RunEvent['what'], from: RunEvent['from'], to: RunEvent['to']): RunEvent[] =>
    from === to ? [] : [{ at, what, from, to, ...why } as RunEvent];
  return [
    ...event('state', before.state, after.state),
    ...keysOf(LIMITS).flatMap((key) =>
      event(LIMITS[key], before.limits[key] ?? null, after.limits[key] ?? null),
    ),
    ...keysOf(BUDGET).flatMap((key) =>
      event(BUDGET[key], before.plan.budget[key] ?? null, after.plan.budget[key] ?? null),
    ),
  ];
};

const keysOf = <T extends object>(value: T) => Object.keys(value) as (keyof T & string)[];

/** Keeps an event of all that differs, in the record's own store. */
export const putEvents = async (
  store: Pick<Store, 'putEvent'>,
  before: RunRecord,
  after: Limited,
  why: Because,
): Promise<void> => {
  for (const event of eventsOf(before, after, why, Date.now())) await store.putEvent(before.runId, event);
};
