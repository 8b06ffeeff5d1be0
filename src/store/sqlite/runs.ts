import type { Attempt, RunRecord, TheoremResult } from '../../model/index.ts';
import { withResults } from '../record.ts';
import { type RunTables, runRows } from '../run-rows.ts';
import type { StoreContext } from './context.ts';
import type { Row } from './database.ts';

export const runTables = (ctx: StoreContext): RunTables => {
  const { db, now } = ctx;
  const read = runRows(ctx);

  const writeResult = (runId: string, result: TheoremResult): void => {
    db.run(
      `REPLACE INTO results (run_id, theorem_id, record, at, seq) VALUES (?1, ?2, ?3, ?4,
         (SELECT coalesce(max(seq), 0) + 1 FROM results WHERE run_id = ?1))`,
      ...[runId, result.theoremId, JSON.stringify(result), now()],
    );
  };

  /** Results lie in a table of their own, so that a result costs one row, not the whole record once more. */
  const assemble = (row: Row): RunRecord | null => {
    const run = read.headOf(row);
    if (run === null) return null;
    const rows = db.all(
      'SELECT run_id, theorem_id, record FROM results WHERE run_id = ? ORDER BY seq',
      run.runId,
    );
    return withResults(run, read.results(rows));
  };

  const newest = (limit: number): readonly Row[] =>
    db.all('SELECT run_id, record FROM runs ORDER BY started_at DESC, run_id LIMIT ?', limit);

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
      return row === undefined ? null : read.headOf(row);
    },
    resultsAfter: async (runId, cursor, limit) => {
      const rows = db.all(
        `SELECT run_id, theorem_id, record, seq FROM results WHERE run_id = ? AND seq > ?
         ORDER BY seq LIMIT ?`,
        ...[runId, cursor, limit],
      );
      return read.page(rows, cursor);
    },
    getResult: async (runId, theoremId) => {
      const rows = db.all(
        'SELECT run_id, theorem_id, record FROM results WHERE run_id = ? AND theorem_id = ?',
        ...[runId, theoremId],
      );
      return read.results(rows)[0] ?? null;
    },
    listRuns: async (limit) =>
      newest(limit)
        .map(assemble)
        .filter((run) => run !== null),
    listRunHeads: async (limit) => read.heads(newest(limit)),
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
      return read.experience(rows);
    },
    listAttempts: async (runId, theoremId) =>
      read.attempts(
        db.all(
          `SELECT run_id, theorem_id, n, record FROM attempts WHERE run_id = ? AND theorem_id = ?
           ORDER BY n`,
          ...[runId, theoremId],
        ),
      ),
    attemptedIds: async (runId) =>
      db
        .all('SELECT DISTINCT theorem_id FROM attempts WHERE run_id = ? ORDER BY theorem_id', runId)
        .map((row) => String(row.theorem_id)),
  };
};
