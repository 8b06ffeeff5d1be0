import Table from 'cli-table3';
import { ORDERS } from '../../src/scheduler/order.ts';
import type { Cell, Within } from './compare.ts';
import { KNOWLEDGE } from './predicted.ts';

const PLAIN = { style: { head: [], border: [], compact: true } };

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const overhead = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`;

const pick = (cells: readonly Cell[], lanes: number, knowledge: string, order: string): Cell =>
  cells.find((c) => c.lanes === lanes && c.knowledge === knowledge && c.order === order)!;

const lanesOf = (cells: readonly { readonly lanes: number }[]): readonly number[] => [
  ...new Set(cells.map(({ lanes }) => lanes)),
];

/** By how much each order exceeds the lower bound. */
export const makespanTable = (cells: readonly Cell[]): string => {
  const lanes = lanesOf(cells);
  const table = new Table({
    ...PLAIN,
    head: ['above the lower bound', 'known', ...lanes.map((n) => (n === 1 ? '1 lane' : `${n} lanes`))],
  });
  table.push([
    'lower bound, s',
    '',
    ...lanes.map((n) => seconds(pick(cells, n, 'perfect', 'file').lowerBoundMs)),
  ]);
  for (const order of ORDERS)
    for (const knowledge of order === 'file' ? (['perfect'] as const) : KNOWLEDGE)
      table.push([
        order,
        order === 'file' ? '-' : knowledge,
        ...lanes.map((n) => overhead(pick(cells, n, knowledge, order).ratio)),
      ]);
  return table.toString();
};

/** How soon proofs come. */
export const solvedTable = (cells: readonly Cell[], of: readonly number[]): string => {
  const table = new Table({
    ...PLAIN,
    head: ['lanes', 'order', 'known', 'mean s to a proof', 'solved at 1/4', 'solved at 1/2 of the bound'],
  });
  for (const lanes of lanesOf(cells).filter((n) => of.includes(n)))
    for (const order of ORDERS)
      for (const knowledge of order === 'file' ? (['perfect'] as const) : KNOWLEDGE) {
        const c = pick(cells, lanes, knowledge, order);
        table.push([
          lanes,
          order,
          order === 'file' ? '-' : knowledge,
          seconds(c.meanToProofMs),
          c.solvedAtQuarter,
          c.solvedAtHalf,
        ]);
      }
  return table.toString();
};

export const withinTable = (rows: readonly Within[]): string => {
  const table = new Table({
    ...PLAIN,
    head: ['lanes', '--within, s', 'known', 'chosen', 'solved', 'file order', 'expected at most', 'exact'],
  });
  for (const r of rows)
    table.push([
      ...[r.lanes, seconds(r.withinMs), r.knowledge, r.chosen, r.solved, r.solvedInFileOrder],
      ...[r.bound.toFixed(1), r.exact ? 'yes' : 'no'],
    ]);
  return table.toString();
};
