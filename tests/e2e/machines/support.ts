import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { openStore, type Store } from '../../../src/store/index.ts';
import { connectOwn } from '../../../src/temporal/connect.ts';
import { type Home, makeHome, startCli } from '../../support/cli.ts';
import { testCli } from '../../support/temporal.ts';
import { writeConfig } from '../support.ts';

/** Seconds that the program thinks about a theorem. */
const THINKS = 0.7;

/** A prover that notes when which worker was asked for which theorem, in a file that all machines see. */
const PROGRAM = `
id=$(grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
echo "$(date +%s%3N) $id $WHO" >> "$LOG"
sleep ${THINKS}
echo '{"proof": "by omega"}'
`;

export type Asked = { readonly at: number; readonly theorem: string; readonly by: string };

/** Folders, configuration and environment of one machine; `through` is put before its commands. */
export type Machine = {
  readonly home: Home;
  readonly through: readonly string[];
};

export type Site = {
  readonly address: string;
  readonly namespace: string;
  readonly store: string;
  readonly password: string;
  /** File of the program's notes. */
  readonly log: string;
};

/** A machine whose workers have the prover `mine`. */
export const makeMachine = async (
  name: string,
  site: Site,
  through: readonly string[] = [],
): Promise<Machine> => {
  const home = await makeHome({
    PGPASSWORD: site.password,
    PROOFLOOP_STORE: site.store,
    TEMPORAL_ADDRESS: site.address,
    TEMPORAL_NAMESPACE: site.namespace,
  });
  const env = `{ WHO = "${name}", LOG = "${site.log}" }`;
  const command = JSON.stringify(['sh', '-c', PROGRAM]);
  await writeConfig(home, `[provers.mine]\nkind = "command"\ncommand = ${command}\nenv = ${env}\n`);
  return { home, through };
};

/** A command of a machine. */
export const run = ({ home, through }: Machine, ...args: string[]) => startCli(home, args, { through });

export const askedIn = async (log: string): Promise<readonly Asked[]> =>
  (await readFile(log, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [at, theorem = '', by = ''] = line.split(' ');
      return { at: Number(at), theorem, by };
    });

/** Looks again and again until `look` finds something. */
export const until = async <T>(look: () => Promise<T | null | undefined | false>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};

/** When the answer about each theorem was first seen in the store, which is no earlier than it was committed. */
export const watchCommits = (sql: () => Promise<readonly Record<string, unknown>[]>) => {
  const seen = new Map<string, number>();
  let on = true;
  const watching = (async () => {
    for (; on; await new Promise((resolve) => setTimeout(resolve, 250)))
      for (const { value } of await sql()) {
        const name = /theorem (c\d+) /.exec(String(value))?.[1];
        if (name !== undefined && !seen.has(name)) seen.set(name, Date.now());
      }
  })();
  return {
    seen,
    stop: async () => {
      on = false;
      await watching;
    },
  };
};

export const COMMITTED =
  "SELECT convert_from(value, 'UTF8') AS value FROM proofloop.responses WHERE value IS NOT NULL";

export const withStore = async <T>(site: Site, act: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openStore(site.store);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
};

/** The one run of a store. */
export const onlyRunOf = (site: Site) =>
  withStore(site, async (store) => {
    const runs = await store.listRuns(10);
    if (runs.length !== 1) throw new Error(`expected one run, found ${runs.length}`);
    return runs[0]!;
  });

/** The Temporal server of several machines: as ours, but on an address that others reach. */
export const startTemporal = async (
  dir: string,
  host: string,
  args: readonly string[] = ['--headless'],
): Promise<{ readonly address: string; stop(): Promise<void> }> => {
  const cli = await testCli();
  for (let tries = 1; ; tries += 1) {
    const server = await temporalAt(cli, host, dir, args);
    if (server !== null) return server;
    // Another test took the port in between.
    if (tries === 5) throw new Error(`no Temporal server stayed on a port of ${host}, five times`);
  }
};

/** null: it ended without serving, as where its port is taken, and whoever answers there is another. */
const temporalAt = async (cli: string, host: string, dir: string, args: readonly string[]) => {
  const port = await getPort({ host });
  const server = execa(
    cli,
    [
      // Bound to one address that is not the loopback its parts do not find each other.
      ...['server', 'start-dev', '--ip', host === '127.0.0.1' ? host : '0.0.0.0', '--port', `${port}`],
      ...['--db-filename', join(dir, 'temporal.sqlite'), ...args],
    ],
    {
      ...{ reject: false, env: { HOME: dir, PATH: process.env.PATH ?? '' }, extendEnv: false },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const address = `${host}:${port}`;
  const serves = new Promise<boolean>((resolve) => {
    server.stdout.on('data', (text) => /Server:/.test(String(text)) && resolve(true));
    void server.then(() => resolve(false));
  });
  if (!(await serves)) return null;
  const { connection } = await connectOwn(address, 'default');
  await connection.close();
  return {
    address,
    stop: async () => {
      server.kill('SIGTERM');
      await server;
    },
  };
};
