import type { CacheStats } from '../store.ts';
import type { Database } from './database.ts';

export type Counters = {
  readonly count: (what: 'hits' | 'misses') => void;
  readonly flush: () => Promise<void>;
};

/** Looks that are counted in memory before they are written: one row that all workers write would be a queue. */
const PENDING = 100;

export const countReads = (db: Database): Counters => {
  let pending = { hits: 0, misses: 0 };
  const flush = async (): Promise<void> => {
    const { hits, misses } = pending;
    pending = { hits: 0, misses: 0 };
    if (hits + misses === 0) return;
    await db.run(
      `UPDATE proofloop.counters SET n = n + CASE name WHEN 'hits' THEN $1::bigint ELSE $2::bigint END`,
      hits,
      misses,
    );
  };
  return {
    count: (what) => {
      pending[what] += 1;
      // Nobody's look-up waits for a counter, or fails with it.
      if (pending.hits + pending.misses >= PENDING) flush().catch(() => {});
    },
    flush,
  };
};

const TABLES = ['verdicts', 'proofs', 'texts', 'runs'] as const;

export const readStats = async (db: Database): Promise<CacheStats> => {
  const counts = TABLES.map((table) => `(SELECT count(*) FROM proofloop.${table}) AS ${table}`);
  const row = await db.get(
    `SELECT ${counts.join(', ')},
       (SELECT count(*) FROM proofloop.responses WHERE value IS NOT NULL) AS responses,
       (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
        JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'proofloop' AND c.relkind = 'r') AS bytes,
       (SELECT n FROM proofloop.counters WHERE name = 'hits') AS hits,
       (SELECT n FROM proofloop.counters WHERE name = 'misses') AS misses`,
  );
  const n = (name: keyof CacheStats): number => Number(row?.[name] ?? 0);
  return {
    verdicts: n('verdicts'),
    proofs: n('proofs'),
    responses: n('responses'),
    texts: n('texts'),
    runs: n('runs'),
    bytes: n('bytes'),
    hits: n('hits'),
    misses: n('misses'),
  };
};
