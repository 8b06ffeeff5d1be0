import { randomUUID } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProofloopError } from '../../model/index.ts';
import { remoteFileSystem } from '../file-system.ts';
import { Database } from './database.ts';
import { isBusy, storeFault } from './faults.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

/** How long a transaction waits for another process's. Ours hold the lock for milliseconds. */
const BUSY_MS = 10_000;

/**
 * Opens (and makes, or brings to the current schema) the database at `path`.
 * Throws STORE_UNUSABLE: network file system, no rights, full disk, foreign or damaged file, newer schema.
 */
export const openDatabase = async (path: string): Promise<Database> => {
  try {
    await refuseUnwritable(dirname(path));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const remote = await remoteFileSystem(path);
    if (remote !== null)
      throw new ProofloopError(
        'STORE_UNUSABLE',
        `The store "${path}" lies on a ${remote} file system, where SQLite cannot keep several processes apart`,
        { fix: 'Name a file on a local disk with --store or PROOFLOOP_STORE.' },
      );
    return await patiently(() => connect(path));
  } catch (e) {
    throw storeFault(path, e);
  }
};

/** Looks at the nearest folder that exists: what mkdir and SQLite say of one that is read-only misleads. */
const refuseUnwritable = async (folder: string): Promise<void> => {
  try {
    await access(folder, constants.W_OK);
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(folder) !== folder) return refuseUnwritable(dirname(folder));
    const why = code === 'EROFS' ? 'is read-only' : `cannot be written to (${code})`;
    throw new ProofloopError('STORE_UNUSABLE', `The store needs to write, and "${folder}" ${why}`, {
      fix: 'Give yourself write rights to the folder, or name another file with --store.',
      cause: e,
    });
  }
};

/** Turning WAL mode on needs the file alone and does not wait for it as a transaction does, so we do. */
const patiently = async <T>(attempt: () => T): Promise<T> => {
  const end = Date.now() + BUSY_MS;
  for (let wait = 5; ; wait = Math.min(wait * 2, 200)) {
    try {
      return attempt();
    } catch (e) {
      if (!isBusy(e) || Date.now() > end) throw e;
    }
    await sleep(wait);
  }
};

const connect = (path: string): Database => {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    // Only an empty file takes this one; it lets `cache clear` give disk space back without a rewrite.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = NORMAL');
    migrate(db, path);
    return new Database(db, path);
  } catch (e) {
    db.close();
    throw e;
  }
};

const pragma = (db: DatabaseSync, name: string): number =>
  Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** All steps that are missing, in one transaction under the write lock: a second process finds them done. */
const migrate = (db: DatabaseSync, path: string): void => {
  if (pragma(db, 'application_id') === APPLICATION_ID && pragma(db, 'user_version') === MIGRATIONS.length)
    return;
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = pragma(db, 'user_version');
    const tables = Number(Object.values(db.prepare('SELECT count(*) FROM sqlite_schema').get() ?? {})[0]);
    if (pragma(db, 'application_id') !== APPLICATION_ID && tables > 0)
      throw new ProofloopError('STORE_UNUSABLE', `"${path}" is a database of another program`, {
        fix: 'Name another file with --store.',
      });
    if (version > MIGRATIONS.length)
      throw new ProofloopError(
        'STORE_UNUSABLE',
        `The store "${path}" has schema ${version}; this proofloop knows schema ${MIGRATIONS.length} and older`,
        { fix: 'Use the newer proofloop that made it, or name another file with --store.' },
      );
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    if (version === 0) db.prepare("INSERT INTO meta VALUES ('id', ?)").run(randomUUID());
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  } catch (e) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw e;
  }
};
