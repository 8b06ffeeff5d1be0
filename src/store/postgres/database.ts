import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ProofloopError } from '../../model/index.ts';
import { isPassing, storeFault } from './faults.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Value = string | number | boolean | null | Buffer | readonly (string | number)[];

/** One statement, inside or outside of a transaction. */
export type Ask = (sql: string, ...values: Value[]) => Promise<{ rows: readonly Row[]; changes: number }>;

/** Connections of one process. PostgreSQL gives out a hundred by default, for all workers together. */
const CONNECTIONS = 8;
/** Milliseconds. A statement of ours takes a few; a peer that was cut off never answers. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 15_000;
/** How long a call is repeated while the server is away: a restart, a failover, a cable. */
const PATIENCE_MS = 20_000;
const INT8 = 20;

const pool = (address: string): pg.Pool => {
  const made = new pg.Pool({
    connectionString: address,
    application_name: 'proofloop',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    // The server ends what a dead client has left open, so that nobody waits for its locks.
    idle_in_transaction_session_timeout: ANSWER_MS,
    statement_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    allowExitOnIdle: true,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that dies is no event of its own: the next call finds it gone and takes another.
  made.on('error', () => {});
  made.on('connect', (client) => client.on('error', () => {}));
  return made;
};

/** PostgreSQL's text has no NUL; it occurs in no text of ours that means something. */
const storable = (value: Value): Value =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value;

/** The connections to one database: each call is repeated while the server is away, and faults are STORE_UNUSABLE. */
export class Database {
  readonly location: string;
  readonly #pool: pg.Pool;
  #open = true;

  constructor(address: string, location: string) {
    this.location = location;
    this.#pool = pool(address);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** One statement, which is a transaction of its own. */
  readonly ask: Ask = (sql, ...values) => this.#patiently((ask) => ask(sql, ...values));

  async all(sql: string, ...values: Value[]): Promise<readonly Row[]> {
    return (await this.ask(sql, ...values)).rows;
  }

  async get(sql: string, ...values: Value[]): Promise<Row | undefined> {
    return (await this.all(sql, ...values))[0];
  }

  /** Returns the number of rows changed. */
  async run(sql: string, ...values: Value[]): Promise<number> {
    return (await this.ask(sql, ...values)).changes;
  }

  /** Runs `work` as one transaction; it is run again if the connection is lost, so it has no other effect. */
  write<T>(work: (ask: Ask) => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    return this.#patiently(async (ask) => {
      await ask('BEGIN');
      try {
        const value = await work(ask);
        await ask('COMMIT');
        return value;
      } catch (e) {
        // Where the connection is gone, or is ended for it, the server rolls back by itself.
        if (!isPassing(e)) await ask('ROLLBACK').catch(() => {});
        throw e;
      }
    }, patienceMs);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#pool.end();
  }

  async #patiently<T>(work: (ask: Ask) => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    const end = Date.now() + patienceMs;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
      if (!this.#open)
        throw new ProofloopError(
          'STORE_UNUSABLE',
          `The store "${this.location}" was closed before this call`,
        );
      try {
        return await this.#once(work);
      } catch (e) {
        if (!isPassing(e) || Date.now() + wait > end) throw storeFault(this.location, e);
      }
      await sleep(wait);
    }
  }

  async #once<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      const value = await work(async (sql, ...values) => {
        const { rows, rowCount } = await client.query(sql, values.map(storable));
        return { rows, changes: rowCount ?? 0 };
      });
      client.release();
      return value;
    } catch (e) {
      client.release(isPassing(e));
      throw e;
    }
  }
}
