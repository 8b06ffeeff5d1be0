import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import pg from 'pg';
import { identityOf } from '../../src/temporal/process-identity.ts';

const PASSWORD = 'not a word that is used elsewhere';

/** Debian keeps them out of PATH. */
export const postgresBinaries = (): string | null => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((v) => `/usr/lib/postgresql/${v}/bin`),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
};

export const POSTGRES_MISSING =
  'There is no PostgreSQL on this machine (initdb is neither in /usr/lib/postgresql/*/bin nor on PATH): apt-get install postgresql';

/** PostgreSQL refuses to run as root: then who runs it is the user that its package made, or nobody. */
const unprivileged = async (): Promise<{ uid: number; gid: number } | null> => {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map((what) => execa('id', [what, user], { reject: false })),
    );
    if (uid?.exitCode === 0) return { uid: Number(uid.stdout), gid: Number(gid?.stdout) };
  }
  throw new Error('root, and neither the user postgres nor nobody exists: PostgreSQL cannot be started');
};

export type TestPostgres = {
  readonly port: number;
  readonly password: string;
  /** Environment that gives pg the password. */
  readonly env: { readonly PGPASSWORD: string };
  /** Address of a database, without the password. */
  address(database: string, host?: string): string;
  /** Makes an empty database and returns its address, without the password. */
  newDatabase(): Promise<string>;
  /** One statement by a connection of its own. */
  sql(
    database: string,
    text: string,
    ...values: readonly unknown[]
  ): Promise<readonly Record<string, unknown>[]>;
  /** `immediate`: as a crash; connections are lost. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
};

/** A real PostgreSQL on a free port, with a folder of its own. `hosts`: addresses to listen on beside 127.0.0.1. */
export const startPostgres = async (hosts: readonly string[] = []): Promise<TestPostgres> => {
  const bin = postgresBinaries();
  if (bin === null) throw new Error(POSTGRES_MISSING);
  const user = await unprivileged();
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-postgres-'));
  if (user !== null) await chown(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  const as = { ...(user ?? {}), cwd: '/', env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH ?? '' } };
  await writeFile(join(dir, 'password'), PASSWORD);
  await execa(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'proofloop',
      '-A',
      'scram-sha-256',
      '--pwfile',
      join(dir, 'password'),
      '--no-sync',
      '-E',
      'UTF8',
    ],
    as,
  );
  if (hosts.length > 0)
    await writeFile(join(data, 'pg_hba.conf'), 'host all all 0.0.0.0/0 scram-sha-256\n', { flag: 'a' });
  const port = await getPort({ host: '127.0.0.1' });
  let server: ReturnType<typeof spawn> | null = null;

  const start = async (): Promise<void> => {
    const settings = {
      port,
      listen_addresses: ['127.0.0.1', ...hosts].join(','),
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: 100,
      shared_buffers: '32MB',
    };
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...as, stdio: 'ignore' },
    );
    await noteForTeardown(server.pid);
    while (!(await answers(port))) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async (mode: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    if (server === null || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
    server = null;
  };
  const sql: TestPostgres['sql'] = async (database, text, ...values) => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'proofloop',
      password: PASSWORD,
      database,
    });
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  const address = (database: string, host = '127.0.0.1') =>
    `postgres://proofloop@${host}:${port}/${database}`;
  let databases = 0;
  await start();
  return {
    port,
    password: PASSWORD,
    env: { PGPASSWORD: PASSWORD },
    address,
    newDatabase: async () => {
      const name = `db${++databases}`;
      await sql('postgres', `CREATE DATABASE ${name}`);
      return address(name);
    },
    sql,
    stop,
    start,
    remove: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** True when the server accepts the protocol: its port alone opens a moment earlier. */
const answers = async (port: number): Promise<boolean> => {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'proofloop', password: PASSWORD, database: 'postgres' },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

/** What a killed test file leaves behind is ended with the run. */
const noteForTeardown = async (pid: number | undefined): Promise<void> => {
  const dir = process.env.PROOFLOOP_TEST_DIR;
  if (dir === undefined || pid === undefined) return;
  await writeFile(join(dir, `postgres-${pid}.json`), JSON.stringify(identityOf(pid)));
};
