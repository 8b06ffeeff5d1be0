import { withAffinity } from './affinity.ts';
import { type Choice, choose, type Room } from './choose.ts';
import { fitInto } from './fit.ts';
import { type Forecast, forecast } from './forecast.ts';
import { solvedInTime } from './in-time.ts';
import type { Job } from './job.ts';
import { type Order, ordered } from './order.ts';

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

/** A gain of one in a thousand expected proofs is no reason to leave the policy's order. */
const WORTH = 0.001;

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
  const taken = new Set(chosen.map(({ id }) => id));
  const inPlace = jobs.filter(({ id }) => taken.has(id));
  const wished = inOrder(inPlace);
  const first = withinMs === null ? wished : inTime(wished, chosen, lanes, withinMs);
  const unknown = jobs.filter(({ prediction }) => prediction === null);
  const run = limited ? [...first, ...inOrder(unknown)] : inOrder(jobs);
  const predictions = run.flatMap(({ prediction }) => (prediction === null ? [] : [prediction]));
  return {
    ...{ left, selection, order },
    reordered: limited && first !== wished,
    jobs: run,
    unknown: unknown.length,
    forecast: predictions.length === 0 ? null : forecast(predictions, { lanes, withinMs }),
  };
};

/** Of the policy's order, one with those in front that would end too late, and the packed one: the one that brings most. */
const inTime = <J extends Job>(
  wished: readonly J[],
  packed: readonly J[],
  lanes: number,
  limitMs: number,
): readonly J[] => {
  const moved = fitInto(wished, lanes, limitMs);
  if (moved === wished) return wished;
  const solved = solvedInTime(wished, lanes, limitMs);
  let best = { order: wished, solved: solved(wished) * (1 + WORTH) };
  for (const order of [moved, packed]) {
    const one = order === null ? 0 : solved(order);
    if (order !== null && one > best.solved) best = { order, solved: one };
  }
  return best.order;
};
