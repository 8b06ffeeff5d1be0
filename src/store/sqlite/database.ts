import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { ProofloopError } from '../../model/index.ts';
import { storeFault } from './faults.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/**
 * One connection: statements prepared once, transactions, and SQLite's errors as STORE_UNUSABLE.
 * Calls are synchronous and each transaction is short, so the time that other processes wait is too.
 */
export class Database {
  readonly location: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #beforeCommit: (() => void)[] = [];

  constructor(db: DatabaseSync, location: string) {
    this.#db = db;
    this.location = location;
  }

  get isOpen(): boolean {
    return this.#db.isOpen;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#guarded(() => this.#statement(sql).all(...values));
  }

  /** Returns the number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guarded(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** The scalar of a query with one row and one column. */
  scalar(sql: string, ...values: SQLInputValue[]): SQLOutputValue {
    return Object.values(this.get(sql, ...values) ?? {})[0] ?? null;
  }

  /**
   * Runs `work` as one transaction that holds the write lock from its start, so that what it reads stays true.
   * Committed work survives a kill of the process; with `durable` also a loss of power (one fsync more).
   */
  write<T>(work: () => T, { durable = false }: { durable?: boolean } = {}): T {
    return this.#guarded(() => {
      if (durable) this.#db.exec('PRAGMA synchronous = FULL');
      try {
        this.#db.exec('BEGIN IMMEDIATE');
        try {
          const value = work();
          for (const hook of this.#beforeCommit) hook();
          this.#db.exec('COMMIT');
          return value;
        } catch (e) {
          if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
          throw e;
        }
      } finally {
        if (durable) this.#db.exec('PRAGMA synchronous = NORMAL');
      }
    });
  }

  /** `hook` runs inside each write transaction, at its end. */
  onCommit(hook: () => void): void {
    this.#beforeCommit.push(hook);
  }

  exec(sql: string): void {
    this.#guarded(() => this.#db.exec(sql));
  }

  close(): void {
    this.#statements.clear();
    if (this.#db.isOpen) this.#guarded(() => this.#db.close());
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  #guarded<T>(work: () => T): T {
    if (!this.#db.isOpen)
      throw new ProofloopError('STORE_UNUSABLE', `The store "${this.location}" was closed before this call`);
    try {
      return work();
    } catch (e) {
      throw storeFault(this.location, e);
    }
  }
}
