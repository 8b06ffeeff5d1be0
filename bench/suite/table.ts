import Table from 'cli-table3';
import type { Row } from './rows.ts';

const cell = (value: number | null): string => (value === null ? '' : value.toFixed(2));

export const tableOf = (rows: readonly Row[]): string => {
  const table = new Table({
    head: [
      'at once',
      'cache',
      'suite',
      'solved',
      'errors',
      's a theorem',
      'Lean',
      'store',
      'rest',
      'run s',
      'command s',
    ],
    style: { head: [], border: [] },
  });
  for (const r of rows)
    table.push([
      ...[String(r.lanes), r.cache, r.suite, `${r.solved} of ${r.theorems}`, String(r.errors)],
      ...[r.mean, r.lean, r.store, r.rest, r.run, r.command].map(cell),
    ]);
  return table.toString();
};

/** Seconds a test of the script that proofloop began as: another machine, Mathlib, and a model in each. */
const BEFORE = { test: 15.92, lean: '12 to 13', model: '2 to 3' } as const;

/** The old figures beside ours; not the same work, and named so. */
export const beforeAfter = (rows: readonly Row[]): string => {
  const table = new Table({
    head: ['', 'before*', ...rows.filter(whole).map((r) => `${r.lanes} at once, ${r.cache}`)],
    style: { head: [], border: [] },
  });
  const ours = (value: (row: Row) => string) => rows.filter(whole).map(value);
  table.push(
    [
      's from one test to the next',
      `${BEFORE.test}`,
      ...ours((r) => ((r.command ?? 0) / r.theorems).toFixed(2)),
    ],
    ['of a test: Lean', BEFORE.lean, ...ours((r) => r.lean.toFixed(2))],
    ['of a test: model', BEFORE.model, ...ours(() => 'none')],
    ['tests at once', '1', ...ours((r) => String(r.lanes))],
  );
  return `${table.toString()}\n* Not the same work: another machine, Mathlib, and a model for each test; ours is the local prover, start of server and Lean included.`;
};

const whole = (row: Row): boolean => row.run !== null;
