import { STORE_SCHEMA_VERSION } from '../../model/index.ts';

/** Marks the file as ours (`PRAGMA application_id`): the letters "pfl1". */
export const APPLICATION_ID = 0x70666c31;

/**
 * Step i takes a database from schema version i to i + 1. Steps are never edited once released.
 * Times are milliseconds since the epoch; `record` columns are JSON that src/model's schemas read.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO counters VALUES ('hits', 0), ('misses', 0);

  CREATE TABLE verdicts (
    key TEXT PRIMARY KEY, record TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE INDEX verdicts_used ON verdicts (used_at);
  CREATE TABLE proofs (
    key TEXT PRIMARY KEY, record TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE INDEX proofs_used ON proofs (used_at);
  -- value NULL: nothing was answered yet; owner and lease_until say who is at it.
  CREATE TABLE responses (
    key TEXT PRIMARY KEY, value TEXT, owner TEXT, lease_until INTEGER, used_at INTEGER NOT NULL) STRICT;
  CREATE INDEX responses_used ON responses (used_at);
  CREATE TABLE texts (
    sha256 TEXT PRIMARY KEY, text TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE INDEX texts_used ON texts (used_at);

  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY, state TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
    record TEXT NOT NULL) STRICT;
  CREATE INDEX runs_started ON runs (started_at);
  CREATE TABLE results (
    run_id TEXT NOT NULL, theorem_id TEXT NOT NULL, record TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (run_id, theorem_id)) STRICT;
  CREATE TABLE attempts (
    run_id TEXT NOT NULL, theorem_id TEXT NOT NULL, n INTEGER NOT NULL, record TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (run_id, theorem_id, n)) STRICT;
  CREATE TABLE histories (
    workflow_id TEXT PRIMARY KEY, json TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  `,
  `
  -- What each answer says of the prompt variant that it was asked with; kept when its run is pruned.
  CREATE TABLE trials (
    run_id TEXT NOT NULL, theorem_id TEXT NOT NULL, n INTEGER NOT NULL,
    variant TEXT NOT NULL, model TEXT NOT NULL, stage TEXT NOT NULL, category TEXT NOT NULL,
    difficulty TEXT NOT NULL, won INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (run_id, theorem_id, n)) STRICT;
  `,
  `
  -- Order of writing within a run, so that who follows a run reads only what is new.
  ALTER TABLE results ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
  UPDATE results SET seq = (
    SELECT count(*) FROM results r WHERE r.run_id = results.run_id AND r.rowid <= results.rowid);
  CREATE INDEX results_seq ON results (run_id, seq);

  CREATE TABLE events (
    run_id TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL, by TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (run_id, at, what, by)) STRICT;
  CREATE TABLE loads (
    worker TEXT NOT NULL, at INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (worker, at)) STRICT;
  CREATE INDEX loads_at ON loads (at);
  CREATE TABLE predictors (
    name TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (name, version)) STRICT;
  `,
];

if (MIGRATIONS.length !== STORE_SCHEMA_VERSION)
  throw new Error(`STORE_SCHEMA_VERSION is ${STORE_SCHEMA_VERSION}, but ${MIGRATIONS.length} steps exist`);
