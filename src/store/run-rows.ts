import {
  type Attempt,
  attemptSchema,
  type RunRecord,
  runRecordSchema,
  type TheoremResult,
  theoremResultSchema,
} from '../model/index.ts';
import { parseRecord, type RecordSource } from './record.ts';
import type { Store } from './store.ts';

/** What a kind of store does about runs. */
export type RunTables = Pick<
  Store,
  | 'putRun'
  | 'getRun'
  | 'getRunHead'
  | 'resultsAfter'
  | 'getResult'
  | 'listRuns'
  | 'listRunHeads'
  | 'putResult'
  | 'putAttempt'
  | 'listAttempts'
  | 'attemptedIds'
  | 'searchExperience'
>;

/** A row of any of the tables; each has its own keys (`run_id`, `theorem_id`, `n`) beside the record. */
type Row = Readonly<Record<string, unknown>>;

/** Reads the rows of runs, whatever database they lie in; one that is damaged is reported, and left out. */
export const runRows = (source: RecordSource) => {
  const headOf = (row: Row): RunRecord | null =>
    parseRecord(source, runRecordSchema, row.record, `The run ${row.run_id}`);
  const resultOf = (row: Row): TheoremResult | null =>
    parseRecord(source, theoremResultSchema, row.record, `The result ${row.theorem_id} of run ${row.run_id}`);
  const attemptOf = (row: Row): Attempt | null =>
    parseRecord(
      source,
      attemptSchema,
      row.record,
      `Attempt ${row.n} of ${row.theorem_id} in run ${row.run_id}`,
    );
  const all =
    <T>(read: (row: Row) => T | null) =>
    (rows: readonly Row[]): T[] =>
      rows.map(read).filter((one) => one !== null);
  const results = all(resultOf);
  return {
    headOf,
    heads: all(headOf),
    results,
    attempts: all(attemptOf),
    /** A page of results; its rows have `seq` too. */
    page: (rows: readonly Row[], cursor: number) => ({
      results: results(rows),
      cursor: Number(rows.at(-1)?.seq ?? cursor),
    }),
    /** How often each kind of step closed a goal, of rows with `kind` and `n`. */
    experience: (rows: readonly Row[]): ReadonlyMap<string, number> =>
      new Map(rows.map((row) => [String(row.kind), Number(row.n)])),
  };
};
