import { statSync } from 'node:fs';
import type { CacheStats } from '../store.ts';
import type { Database } from './database.ts';

export type Counters = {
  readonly count: (what: 'hits' | 'misses') => void;
  readonly flush: () => void;
};

/** Reads are counted in memory and written along with the next write, so that a look-up stays a read. */
export const countReads = (db: Database): Counters => {
  const pending = { hits: 0, misses: 0 };
  db.onCommit(() => {
    for (const what of ['hits', 'misses'] as const) {
      if (pending[what] === 0) continue;
      db.run('UPDATE counters SET n = n + ? WHERE name = ?', pending[what], what);
      pending[what] = 0;
    }
  });
  return {
    count: (what) => {
      pending[what] += 1;
    },
    flush: () => {
      if (pending.hits + pending.misses > 0) db.write(() => undefined);
    },
  };
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

export const readStats = (db: Database): CacheStats => {
  const rows = (table: string, where = ''): number =>
    Number(db.scalar(`SELECT count(*) FROM ${table} ${where}`));
  const counter = (name: string): number => Number(db.scalar('SELECT n FROM counters WHERE name = ?', name));
  return {
    verdicts: rows('verdicts'),
    proofs: rows('proofs'),
    responses: rows('responses', 'WHERE value IS NOT NULL'),
    texts: rows('texts'),
    runs: rows('runs'),
    bytes: sizeOf(db.location) + sizeOf(`${db.location}-wal`),
    hits: counter('hits'),
    misses: counter('misses'),
  };
};
