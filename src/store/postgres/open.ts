import { randomUUID } from 'node:crypto';
import { ProofloopError } from '../../model/index.ts';
import { shownPlace } from '../place.ts';
import { type Ask, Database } from './database.ts';
import { MARK, MIGRATIONS } from './schema.ts';

/** A server that is just being started with us; longer would keep who mistyped the address waiting. */
const OPEN_MS = 3_000;

/** Held while the schema is made: the same number in every proofloop, for this database alone. */
const LOCK = 0x70666c31;

/**
 * Connects, and makes the tables or brings them to the current schema. Throws STORE_UNUSABLE: no such server,
 * user, password or database, another program's database, a newer schema.
 */
export const openDatabase = async (address: string): Promise<{ db: Database; id: string }> => {
  const location = shownPlace(address);
  const db = new Database(address, location);
  try {
    const found = await db.write((ask) => metaOf(ask, location), OPEN_MS);
    if (found?.schema === MIGRATIONS.length) return { db, id: found.id };
    // A transaction of its own, whose first look at the catalogue comes after the lock: an earlier one is cached.
    return { db, id: await db.write((ask) => migrate(ask, location), OPEN_MS) };
  } catch (e) {
    await db.close();
    throw e;
  }
};

type Meta = { readonly id: string; readonly schema: number };

const metaOf = async (ask: Ask, location: string): Promise<Meta | null> => {
  const { rows: found } = await ask(
    `SELECT 1 FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
     WHERE s.nspname = 'proofloop' AND c.relname = 'meta'`,
  );
  if (found.length === 0) return null;
  const { rows } = await ask('SELECT name, value FROM proofloop.meta');
  const meta = new Map(rows.map((row) => [String(row.name), String(row.value)]));
  const id = meta.get('id');
  if (meta.get('mark') !== MARK || id === undefined) throw anothers(location);
  return { id, schema: Number(meta.get('schema')) };
};

const anothers = (location: string): ProofloopError =>
  new ProofloopError('STORE_UNUSABLE', `"${location}" is a database of another program`, {
    fix: 'Make one for proofloop (`createdb proofloop`) and name it with --store.',
  });

/** Tables that no extension has brought along. */
const FOREIGN = `
  SELECT count(*) AS n FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND s.nspname NOT IN ('pg_catalog', 'information_schema')
    AND s.nspname NOT LIKE 'pg\\_%'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;

/** All steps that are missing, in one transaction under the lock: a second process finds them done. Returns the store's id. */
const migrate = async (ask: Ask, location: string): Promise<string> => {
  await ask('SELECT pg_advisory_xact_lock($1)', LOCK);
  const meta = await metaOf(ask, location);
  if (meta === null && Number((await ask(FOREIGN)).rows[0]?.n) > 0) throw anothers(location);
  const { id, schema } = meta ?? { id: randomUUID(), schema: 0 };
  if (schema > MIGRATIONS.length)
    throw new ProofloopError(
      'STORE_UNUSABLE',
      `The store "${location}" has schema ${schema}; this proofloop knows schema ${MIGRATIONS.length} and older`,
      { fix: 'Use the newer proofloop that made it, or name another database with --store.' },
    );
  for (const step of MIGRATIONS.slice(schema)) await ask(step);
  const put =
    'INSERT INTO proofloop.meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
  await ask(put, 'mark', MARK);
  await ask(put, 'id', id);
  await ask(put, 'schema', String(MIGRATIONS.length));
  return id;
};
