import { mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { remoteFileSystem, remoteFileSystemName } from '../../src/store/file-system.ts';
import { openStore } from '../../src/store/index.ts';
import { storeFault } from '../../src/store/sqlite/faults.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../src/store/sqlite/schema.ts';
import { rejected } from './samples.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-open-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const unusable = (words: RegExp) => ({ code: 'STORE_UNUSABLE', message: expect.stringMatching(words) });

/** The real error of SQLite that `provoke` meets. */
const sqliteError = (provoke: () => unknown): unknown => {
  try {
    provoke();
  } catch (e) {
    return e;
  }
  throw new Error('nothing was thrown');
};

describe('a store that cannot be opened says why, and leaves the file as it is', () => {
  test('a path that is a folder', async () => {
    await mkdir(path);
    await expect(openStore(path)).rejects.toMatchObject(unusable(/store\.db.*cannot be opened/));
  });

  test('a path below a file', async () => {
    await writeFile(path, 'text');
    await expect(openStore(join(path, 'inner.db'))).rejects.toMatchObject(unusable(/inner\.db/));
  });

  test('a path where nothing can be made', async () => {
    await expect(openStore('/dev/null/store.db')).rejects.toMatchObject(unusable(/\/dev\/null/));
  });

  test('a file that is no database', async () => {
    await writeFile(path, 'a shopping list, longer than a hundred bytes, '.repeat(9));
    await expect(openStore(path)).rejects.toMatchObject(unusable(/no SQLite database/));
    expect(await readFile(path, 'utf8')).toContain('shopping');
  });

  test('a database of another program', async () => {
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE songs (name TEXT)');
    db.close();
    await expect(openStore(path)).rejects.toMatchObject(unusable(/another program/));
  });

  test('a store of a newer proofloop', async () => {
    await (await openStore(path)).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(openStore(path)).rejects.toMatchObject(unusable(/schema 99/));
  });

  test('a store whose pages were overwritten', async () => {
    const store = await openStore(path);
    for (let i = 0; i < 200; i++) await store.putVerdict(`v${i}`, rejected);
    await store.close();
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc((await stat(path)).size - 8192, 0x5a), 0, undefined, 8192);
    await file.close();
    const read = async (): Promise<void> => {
      const damaged = await openStore(path);
      try {
        for (let i = 0; i < 200; i++) await damaged.getVerdict(`v${i}`);
      } finally {
        await damaged.close();
      }
    };
    await expect(read()).rejects.toMatchObject(unusable(/damaged/));
  });
});

test('a store of schema 1 is taken over with all that is in it', async () => {
  const db = new DatabaseSync(path);
  db.exec(MIGRATIONS[0]!);
  db.exec(
    `INSERT INTO meta VALUES ('id', 'its own id'); PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`,
  );
  db.prepare('INSERT INTO verdicts VALUES (?, ?, 0)').run('v', JSON.stringify(rejected));
  db.close();
  const store = await openStore(path);
  expect(store.id).toBe('its own id');
  expect(await store.getVerdict('v')).toEqual(rejected);
  expect(await store.trialCounts()).toEqual([]);
  await store.close();
});

describe('faults of SQLite itself are named', () => {
  test('a full disk', () => {
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE t (x TEXT); PRAGMA max_page_count = 2');
    const error = sqliteError(() => db.exec(`INSERT INTO t VALUES ('${'x'.repeat(100_000)}')`));
    db.close();
    expect(storeFault(path, error)).toMatchObject(unusable(/disk is full/));
  });

  test('a read-only file', () => {
    new DatabaseSync(path).close();
    const db = new DatabaseSync(path, { readOnly: true });
    const error = sqliteError(() => db.exec('CREATE TABLE t (x TEXT)'));
    db.close();
    expect(storeFault(path, error)).toMatchObject(unusable(/read-only/));
  });

  test('a lock that another process keeps', () => {
    const holder = new DatabaseSync(path);
    holder.exec('CREATE TABLE t (x TEXT); BEGIN EXCLUSIVE');
    const db = new DatabaseSync(path, { timeout: 1 });
    const error = sqliteError(() => db.exec("INSERT INTO t VALUES ('a')"));
    db.close();
    holder.close();
    expect(storeFault(path, error)).toMatchObject(unusable(/locked/));
  });
});

describe('file systems', () => {
  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0xff534d42 | 0, 'CIFS'],
    [0x65735546, 'FUSE'],
    [0x01021997, '9P'],
    [0xef53, null],
    [0x01021994, null],
    [0x794c7630, null],
  ])('type %d is told to be %p', (type, name) => {
    expect(remoteFileSystemName(type)).toBe(name);
  });

  test('the folder for temporary files is local, so a store can be made there', async () => {
    expect(await remoteFileSystem(folder)).toBeNull();
    const store = await openStore(path);
    expect(store.location).toBe(path);
    await store.close();
  });
});
