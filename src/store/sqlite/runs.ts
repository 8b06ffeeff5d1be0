import {
  type Attempt,
  attemptSchema,
  type RunRecord,
  runRecordSchema,
  type TheoremResult,
  theoremResultSchema,
} from '../../model/index.ts';
import { withResults } from '../record.ts';
import type { Store } from '../store.ts';
import { parseRecord, type StoreContext } from './context.ts';
import type { Row } from './database.ts';

type Runs = Pick<
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

export const runTables = (ctx: StoreContext): Runs => {
  const { db, now } = ctx;

  const writeResult = (runId: string, result: TheoremResult): void => {
    db.run(
      `REPLACE INTO results (run_id, theorem_id, record, at, seq) VALUES (?1, ?2, ?3, ?4,
         (SELECT coalesce(max(seq), 0) + 1 FROM results WHERE run_id = ?1))`,
      ...[runId, result.theoremId, JSON.stringify(result), now()],
    );
  };

  const headOf = (row: Row): RunRecord | null =>
    parseRecord(ctx, runRecordSchema, row.record, `The run ${row.run_id}`);

  const readResult = (runId: string, row: Row): TheoremResult | null =>
    parseRecord(ctx, theoremResultSchema, row.record, `The result ${row.theorem_id} of run ${runId}`);

  /** Results lie in a table of their own, so that a result costs one row, not the whole record once more. */
  const assemble = (row: Row): RunRecord | null => {
    const runId = String(row.run_id);
    const run = headOf(row);
    if (run === null) return null;
    const results = db
      .all('SELECT theorem_id, record FROM results WHERE run_id = ? ORDER BY seq', runId)
      .map((r) => readResult(runId, r))
      .filter((r) => r !== null);
    return withResults(run, results);
  };

  const newest = (limit: number, read: (row: Row) => RunRecord | null): RunRecord[] =>
    db
      .all('SELECT run_id, record FROM runs ORDER BY started_at DESC, run_id LIMIT ?', limit)
      .map(read)
      .filter((run) => run !== null);

  return {
    putRun: async (run) => {
      db.write(() => {
        db.run(
          'REPLACE INTO runs VALUES (?, ?, ?, ?, ?)',
          run.runId,
          run.state,
          run.startedAt,
          run.endedAt,
          JSON.stringify({ ...run, results: [] }),
        );
        for (const result of run.results) writeResult(run.runId, result);
      });
    },
    getRun: async (runId) => {
      const row = db.get('SELECT run_id, record FROM runs WHERE run_id = ?', runId);
      return row === undefined ? null : assemble(row);
    },
    getRunHead: async (runId) => {
      const row = db.get('SELECT run_id, record FROM runs WHERE run_id = ?', runId);
      return row === undefined ? null : headOf(row);
    },
    resultsAfter: async (runId, cursor, limit) => {
      const rows = db.all(
        'SELECT theorem_id, record, seq FROM results WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?',
        ...[runId, cursor, limit],
      );
      return {
        results: rows.map((row) => readResult(runId, row)).filter((r) => r !== null),
        cursor: Number(rows.at(-1)?.seq ?? cursor),
      };
    },
    getResult: async (runId, theoremId) => {
      const row = db.get(
        'SELECT theorem_id, record FROM results WHERE run_id = ? AND theorem_id = ?',
        ...[runId, theoremId],
      );
      return row === undefined ? null : readResult(runId, row);
    },
    listRuns: async (limit) => newest(limit, assemble),
    listRunHeads: async (limit) => newest(limit, headOf),
    putResult: async (runId, result) => {
      db.write(() => writeResult(runId, result));
    },
    putAttempt: async (runId, theoremId, attempt: Attempt) => {
      db.write(() =>
        db.run(
          'REPLACE INTO attempts VALUES (?, ?, ?, ?, ?)',
          runId,
          theoremId,
          attempt.n,
          JSON.stringify(attempt),
          now(),
        ),
      );
    },
    searchExperience: async (shape) => {
      const rows = db.all(
        `SELECT kind.value AS kind, count(*) AS n FROM attempts, json_each(record, '$.search.kinds') AS kind
         WHERE json_extract(record, '$.search.shape') = ? GROUP BY kind.value ORDER BY kind.value`,
        shape,
      );
      return new Map(rows.map((row) => [String(row.kind), Number(row.n)]));
    },
    listAttempts: async (runId, theoremId) =>
      db
        .all(
          'SELECT n, record FROM attempts WHERE run_id = ? AND theorem_id = ? ORDER BY n',
          runId,
          theoremId,
        )
        .map((r) =>
          parseRecord(ctx, attemptSchema, r.record, `Attempt ${r.n} of ${theoremId} in run ${runId}`),
        )
        .filter((a) => a !== null),
    attemptedIds: async (runId) =>
      db
        .all('SELECT DISTINCT theorem_id FROM attempts WHERE run_id = ? ORDER BY theorem_id', runId)
        .map((row) => String(row.theorem_id)),
  };
};
