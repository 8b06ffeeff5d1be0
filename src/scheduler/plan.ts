import { withAffinity } from './affinity.ts';
import { type Choice, choose, type Room } from './choose.ts';
import { type Forecast, forecast } from './forecast.ts';
import type { Job } from './job.ts';
import { type Order, ordered } from './order.ts';
import { simulate } from './simulate.ts';

export type Asked = Room & {
  /** null: longest-first, or value where a limit leaves something out or may end the run early. */
  readonly order: Order | null;
};

export type Plan<J extends Job = Job> = Omit<Choice<J>, 'chosen'> & {
  readonly order: Order;
  /** In the order of the policy the last one would end after the limit, so that the order was changed. */
  readonly reordered: boolean;
  /** In the order in which they are run. */
  readonly jobs: readonly J[];
  /** How many of them have no data. */
  readonly unknown: number;
  /** Of those that have a prediction; null = none has. */
  readonly forecast: Forecast | null;
};

const makespanOf = (jobs: readonly Job[], lanes: number): number =>
  simulate(
    jobs.map(({ prediction }) => prediction?.ms.mean ?? 0),
    lanes,
  ).makespan;

/** What a run does and in which order. Theorems without data are never left out; under a limit they go last. */
export const planRun = <J extends Job>(jobs: readonly J[], asked: Asked): Plan<J> => {
  const { lanes, withinMs } = asked;
  const known = jobs.filter(({ prediction }) => prediction !== null);
  const { chosen, left, selection } = choose(known, asked);
  const limited = withinMs !== null || selection !== null;
  const order = asked.order ?? (limited ? 'value' : 'longest-first');
  const inOrder = (some: readonly J[]): readonly J[] => {
    const plain = ordered(some, order);
    return order === 'file' ? plain : withAffinity(plain);
  };
  const fits = (some: readonly J[]) => withinMs === null || makespanOf(some, lanes) <= withinMs;

  const taken = new Set(chosen.map(({ id }) => id));
  const inPlace = jobs.filter(({ id }) => taken.has(id));
  const wished = [inOrder(inPlace), ordered(inPlace, order)].find(fits);
  const first = wished ?? chosen;
  const unknown = jobs.filter(({ prediction }) => prediction === null);
  const run = limited ? [...first, ...inOrder(unknown)] : inOrder(jobs);
  const predictions = run.flatMap(({ prediction }) => (prediction === null ? [] : [prediction]));
  return {
    ...{ left, selection, order },
    reordered: wished === undefined,
    jobs: run,
    unknown: unknown.length,
    forecast: predictions.length === 0 ? null : forecast(predictions, { lanes, withinMs }),
  };
};
