import type { Job } from './job.ts';
import type { Item } from './packing.ts';
import { type Selection, select } from './select.ts';
import { simulate } from './simulate.ts';

/** `time`, `money`: more than the limit by itself. `room`: what else fits is expected to bring more. */
export type Why = 'time' | 'money' | 'room';
export type LeftOut<J extends Job> = { readonly job: J; readonly why: Why };

/** Limits of a run; null = none. */
export type Room = {
  readonly lanes: number;
  readonly withinMs: number | null;
  readonly maxCostUsd: number | null;
};

export type Choice<J extends Job> = {
  /** In an order in which the last one ends within the limit. */
  readonly chosen: readonly J[];
  readonly left: readonly LeftOut<J>[];
  /** How good the choice is; null = all fit. */
  readonly selection: Pick<Selection, 'value' | 'bound' | 'exact'> | null;
};

const itemOf = ({ id, prediction }: Job): Item => ({
  id,
  value: prediction?.probability ?? 0,
  ms: prediction?.ms.mean ?? 0,
  usd: prediction?.usd?.mean ?? 0,
});

/** Jobs with predictions that fit into the limits, by their predicted means, for the most expected solved. */
export const choose = <J extends Job>(
  jobs: readonly J[],
  { lanes, withinMs, maxCostUsd }: Room,
): Choice<J> => {
  const items = jobs.map(itemOf);
  const [ms, usd] = [withinMs ?? Infinity, maxCostUsd ?? Infinity];
  const makespan = simulate(
    items.map((item) => item.ms),
    lanes,
  ).makespan;
  const cost = items.reduce((sum, item) => sum + item.usd, 0);
  if (makespan <= ms && cost <= usd) return { chosen: jobs, left: [], selection: null };

  const { lanes: packed, value, bound, exact } = select(items, { lanes, ms, usd });
  const byId = new Map(jobs.map((job) => [job.id, job]));
  // In the order of their starts a run starts none of them later than they start in their lanes.
  const starts = packed.flatMap((lane) => {
    let start = 0;
    return lane.map((item) => {
      start += item.ms;
      return { job: byId.get(item.id)!, start: start - item.ms };
    });
  });
  const chosen = starts.toSorted((a, b) => a.start - b.start).map(({ job }) => job);
  const taken = new Set(chosen.map(({ id }) => id));
  const whyNot = (item: Item): Why => (item.ms > ms ? 'time' : item.usd > usd ? 'money' : 'room');
  const left = jobs.flatMap((job, i) => (taken.has(job.id) ? [] : [{ job, why: whyNot(items[i]!) }]));
  return { chosen, left, selection: { value, bound, exact } };
};
