import type { Attempt, RunRecord, TheoremResult } from '../../model/index.ts';
import { withResults } from '../record.ts';
import { type RunTables, runRows } from '../run-rows.ts';
import type { StoreContext } from './context.ts';
import type { Ask, Row } from './database.ts';
import { textsNamedIn } from './refs.ts';

const PUT_RUN = `
  INSERT INTO proofloop.runs VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (run_id) DO UPDATE SET state = excluded.state, started_at = excluded.started_at,
    ended_at = excluded.ended_at, record = excluded.record, refs = excluded.refs`;

/** The row of `written` is locked from here to the commit: numbers become visible in their order. */
const PUT_RESULTS = `
  WITH last AS (
    INSERT INTO proofloop.written AS w VALUES ($1, cardinality($2::text[]))
    ON CONFLICT (run_id) DO UPDATE SET n = w.n + excluded.n RETURNING n)
  INSERT INTO proofloop.results
  SELECT $1, r.id, r.record, proofloop.clock($4), last.n - cardinality($2::text[]) + r.place
  FROM last, unnest($2::text[], $3::text[]) WITH ORDINALITY AS r (id, record, place)
  ON CONFLICT (run_id, theorem_id) DO UPDATE
  SET record = excluded.record, at = excluded.at, seq = excluded.seq`;

const PUT_ATTEMPT = `
  INSERT INTO proofloop.attempts VALUES ($1, $2, $3, $4, proofloop.clock($5), $6, $7, $8)
  ON CONFLICT (run_id, theorem_id, n) DO UPDATE SET record = excluded.record, at = excluded.at,
    shape = excluded.shape, kinds = excluded.kinds, refs = excluded.refs`;

/** The text that a run was started on, and what was expected of it. */
const textsOf = ({ provenance: { source, predictions } }: RunRecord): string[] =>
  [source, predictions].filter((text) => text !== undefined);

export const runTables = (ctx: StoreContext): RunTables => {
  const { db, now } = ctx;
  const read = runRows(ctx);

  const writeResults = async (ask: Ask, runId: string, results: readonly TheoremResult[]): Promise<void> => {
    const last = new Map(results.map((r) => [r.theoremId, JSON.stringify(r)]));
    if (last.size > 0) await ask(PUT_RESULTS, runId, [...last.keys()], [...last.values()], now());
  };

  const runRow = (runId: string) =>
    db.all('SELECT run_id, record FROM proofloop.runs WHERE run_id = $1', runId);

  const newest = (limit: number) =>
    db.all('SELECT run_id, record FROM proofloop.runs ORDER BY started_at DESC, run_id LIMIT $1', limit);

  /** Results lie in a table of their own, so that a result costs one row, not the whole record once more. */
  const assemble = async (rows: readonly Row[]): Promise<RunRecord[]> => {
    const found = await db.all(
      'SELECT run_id, theorem_id, record FROM proofloop.results WHERE run_id = ANY($1) ORDER BY seq',
      rows.map((row) => String(row.run_id)),
    );
    const resultsOf = Map.groupBy(found, (row) => String(row.run_id));
    return rows.flatMap((row) => {
      const run = read.headOf(row);
      return run === null ? [] : [withResults(run, read.results(resultsOf.get(run.runId) ?? []))];
    });
  };

  return {
    putRun: (run) =>
      db.write(async (ask) => {
        await ask(
          PUT_RUN,
          ...[run.runId, run.state, run.startedAt, run.endedAt],
          JSON.stringify({ ...run, results: [] }),
          textsOf(run),
        );
        await writeResults(ask, run.runId, run.results);
      }),
    getRun: async (runId) => (await assemble(await runRow(runId)))[0] ?? null,
    getRunHead: async (runId) => {
      const [row] = await runRow(runId);
      return row === undefined ? null : read.headOf(row);
    },
    resultsAfter: async (runId, cursor, limit) => {
      const rows = await db.all(
        `SELECT run_id, theorem_id, record, seq FROM proofloop.results WHERE run_id = $1 AND seq > $2
         ORDER BY seq LIMIT $3`,
        ...[runId, cursor, limit],
      );
      return read.page(rows, cursor);
    },
    getResult: async (runId, theoremId) => {
      const rows = await db.all(
        'SELECT run_id, theorem_id, record FROM proofloop.results WHERE run_id = $1 AND theorem_id = $2',
        ...[runId, theoremId],
      );
      return read.results(rows)[0] ?? null;
    },
    listRuns: async (limit) => assemble(await newest(limit)),
    listRunHeads: async (limit) => read.heads(await newest(limit)),
    putResult: (runId, result) => writeResults(db.ask, runId, [result]),
    putAttempt: async (runId, theoremId, attempt: Attempt) => {
      const record = JSON.stringify(attempt);
      const { shape = null, kinds = [] } = attempt.search ?? {};
      await db.run(
        PUT_ATTEMPT,
        ...[runId, theoremId, attempt.n, record, now(), shape, kinds, textsNamedIn(record)],
      );
    },
    searchExperience: async (shape) => {
      const rows = await db.all(
        `SELECT kind, count(*) AS n FROM proofloop.attempts, unnest(kinds) AS kind
         WHERE shape = $1 GROUP BY kind ORDER BY kind COLLATE "C"`,
        shape,
      );
      return read.experience(rows);
    },
    listAttempts: async (runId, theoremId) => {
      const rows = await db.all(
        `SELECT run_id, theorem_id, n, record FROM proofloop.attempts
         WHERE run_id = $1 AND theorem_id = $2 ORDER BY n`,
        ...[runId, theoremId],
      );
      return read.attempts(rows);
    },
    attemptedIds: async (runId) => {
      const rows = await db.all(
        'SELECT DISTINCT theorem_id COLLATE "C" AS id FROM proofloop.attempts WHERE run_id = $1 ORDER BY id',
        runId,
      );
      return rows.map((row) => String(row.id));
    },
  };
};
