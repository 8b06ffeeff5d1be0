import Table from 'cli-table3';
import type { Row } from './measure.ts';

const ms = (value: number): string => value.toFixed(0);

/** The rows for people: overhead in ms for each unit, then where the time of such a unit lies. */
export const tableOf = (rows: readonly Row[]): string => {
  const table = new Table({
    head: [
      'what',
      'lanes',
      'cache',
      'per',
      'n',
      'overhead\np50 / p95',
      'without Lean wait\np50 / p95',
      'workflow\ntasks',
      'Lean',
      'Lean\nwait',
      'activities',
    ],
    style: { head: [], border: [] },
  });
  for (const row of rows)
    table.push([
      row.what,
      row.lanes,
      row.cache ?? '-',
      row.per,
      row.overhead.n,
      `${ms(row.overhead.p50)} / ${ms(row.overhead.p95)}`,
      `${ms(row.loop.p50)} / ${ms(row.loop.p95)}`,
      ms(row.parts.workflowTasks),
      ms(row.parts.lean),
      ms(row.parts.leanWait),
      Object.entries(row.parts.activities)
        .map(([type, mean]) => `${type} ${ms(mean)}`)
        .join('\n'),
    ]);
  return table.toString();
};
