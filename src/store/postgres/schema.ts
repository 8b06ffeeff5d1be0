/** Beside the store's id in `meta`: the tables are ours. */
export const MARK = 'proofloop store';

/**
 * Step i takes a database from schema version i to i + 1, counted apart from SQLite's. Steps are never edited once
 * released. All lies in a schema of its own. Times are milliseconds since the epoch; `record`
 * columns are JSON that src/model's schemas read, as text: PostgreSQL's json types refuse what JSON allows.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE SCHEMA IF NOT EXISTS proofloop;
  -- Sorted by code point, as SQLite does, whatever the database's language.
  CREATE DOMAIN proofloop.word AS text COLLATE "C";
  -- The server's clock, one for all machines, unless a time is given.
  CREATE FUNCTION proofloop.clock(given bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
    'SELECT coalesce(given, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)';

  CREATE TABLE proofloop.meta (name proofloop.word PRIMARY KEY, value text NOT NULL);
  CREATE TABLE proofloop.counters (name proofloop.word PRIMARY KEY, n bigint NOT NULL);
  INSERT INTO proofloop.counters VALUES ('hits', 0), ('misses', 0);

  CREATE TABLE proofloop.verdicts (
    key proofloop.word PRIMARY KEY, record text NOT NULL, used_at bigint NOT NULL);
  CREATE INDEX verdicts_used ON proofloop.verdicts (used_at);
  CREATE TABLE proofloop.proofs (
    key proofloop.word PRIMARY KEY, record text NOT NULL, used_at bigint NOT NULL);
  CREATE INDEX proofs_used ON proofloop.proofs (used_at);
  -- value NULL: nothing was answered yet; owner and lease_until say who is at it. refs: texts that the value names.
  CREATE TABLE proofloop.responses (
    key proofloop.word PRIMARY KEY, value bytea, owner text, lease_until bigint, used_at bigint NOT NULL,
    refs text[] NOT NULL DEFAULT '{}');
  CREATE INDEX responses_used ON proofloop.responses (used_at);
  CREATE TABLE proofloop.texts (
    sha256 proofloop.word PRIMARY KEY, text bytea NOT NULL, used_at bigint NOT NULL);
  CREATE INDEX texts_used ON proofloop.texts (used_at);

  CREATE TABLE proofloop.runs (
    run_id proofloop.word PRIMARY KEY, state text NOT NULL, started_at bigint NOT NULL, ended_at bigint,
    record text NOT NULL, refs text[] NOT NULL DEFAULT '{}');
  CREATE INDEX runs_started ON proofloop.runs (started_at);
  -- How many results of a run were ever written: its row is locked until the result is committed, so that
  -- whoever sees a result sees all that were written before it.
  CREATE TABLE proofloop.written (run_id proofloop.word PRIMARY KEY, n bigint NOT NULL);
  CREATE TABLE proofloop.results (
    run_id proofloop.word NOT NULL, theorem_id proofloop.word NOT NULL, record text NOT NULL, at bigint NOT NULL,
    seq bigint NOT NULL, PRIMARY KEY (run_id, theorem_id));
  CREATE INDEX results_seq ON proofloop.results (run_id, seq);
  -- shape, kinds: what a proof found by search was made of.
  CREATE TABLE proofloop.attempts (
    run_id proofloop.word NOT NULL, theorem_id proofloop.word NOT NULL, n integer NOT NULL, record text NOT NULL,
    at bigint NOT NULL, shape text, kinds text[] NOT NULL DEFAULT '{}', refs text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (run_id, theorem_id, n));
  CREATE INDEX attempts_shape ON proofloop.attempts (shape) WHERE shape IS NOT NULL;
  CREATE TABLE proofloop.histories (
    workflow_id proofloop.word PRIMARY KEY, json text NOT NULL, at bigint NOT NULL);
  -- What each answer says of the prompt variant that it was asked with; kept when its run is pruned.
  CREATE TABLE proofloop.trials (
    run_id proofloop.word NOT NULL, theorem_id proofloop.word NOT NULL, n integer NOT NULL,
    variant proofloop.word NOT NULL, model proofloop.word NOT NULL, stage proofloop.word NOT NULL,
    category proofloop.word NOT NULL, difficulty proofloop.word NOT NULL, won boolean NOT NULL, at bigint NOT NULL,
    PRIMARY KEY (run_id, theorem_id, n));

  CREATE TABLE proofloop.events (
    run_id proofloop.word NOT NULL, at bigint NOT NULL, what proofloop.word NOT NULL, by proofloop.word NOT NULL,
    record text NOT NULL, PRIMARY KEY (run_id, at, what, by));
  CREATE TABLE proofloop.loads (
    worker proofloop.word NOT NULL, at bigint NOT NULL, record text NOT NULL, PRIMARY KEY (worker, at));
  CREATE INDEX loads_at ON proofloop.loads (at);
  CREATE TABLE proofloop.predictors (
    name proofloop.word NOT NULL, version integer NOT NULL, at bigint NOT NULL, json text NOT NULL,
    PRIMARY KEY (name, version));
  `,
];
