import { spawn } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { xdgDirs } from '../../src/config/dirs.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { findTemporalCli } from '../../src/temporal/cli-binary.ts';
import { type Connected, connectOwn } from '../../src/temporal/connect.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { startDevServer, stopDevServer } from '../../src/temporal/server.ts';
import { BIN, type Home, makeHome } from '../../tests/support/cli.ts';

export type Process = {
  readonly pid: number | undefined;
  kill(signal: 'SIGKILL' | 'SIGINT'): void;
  readonly ended: Promise<number | null>;
};

/** A server, a store, and processes that work on it or watch it, all in one folder that is removed. */
export type StressWorld = Connected & {
  readonly store: Store;
  readonly home: Home;
  /** A worker; `real`: the product's own, with Lean. */
  worker(real: boolean): Promise<Process>;
  /** A command of the product, its output in a file. */
  command(name: string, ...args: string[]): Promise<Process>;
  close(): Promise<void>;
};

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

export const openStressWorld = async (searchHeartbeats: number | null = null): Promise<StressWorld> => {
  const home = await makeHome();
  if (searchHeartbeats !== null) {
    const folder = join(home.dir, 'config', 'proofloop');
    await mkdir(folder, { recursive: true });
    const profile = `[provers.local]\nkind = "local"\nheartbeats = ${searchHeartbeats}\n`;
    await writeFile(join(folder, 'config.toml'), profile);
  }
  const { dirs } = xdgDirs(process.env);
  installRuntime(join(home.dir, 'sdk.log'));
  const temporal = { address: null, namespace: 'default', profile: null, cli: null };
  const server = await startDevServer({
    cli: (await findTemporalCli({ temporal, dirs }, console.error)).path,
    database: join(home.dir, 'temporal.sqlite'),
    log: join(home.dir, 'server.log'),
    namespaces: ['default'],
  });
  const storePath = join(home.dir, 'data', 'proofloop', 'store.db');
  const store = await openStore(storePath);
  const connected = await connectOwn(server.address, 'default');
  const bundle = await workflowBundle(dirs.cache);
  const env = { ...process.env, ...home.env, TEMPORAL_ADDRESS: server.address };
  const running = new Set<Process>();
  const start = async (name: string, args: readonly string[]): Promise<Process> => {
    const out = await open(join(home.dir, `${name}.log`), 'a');
    const child = spawn(process.execPath, args, { cwd: home.dir, env, stdio: ['ignore', out.fd, out.fd] });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const one: Process = { pid: child.pid, kill: (signal) => child.kill(signal), ended };
    running.add(one);
    child.once('exit', () => running.delete(one));
    await out.close();
    return one;
  };
  return {
    ...connected,
    ...{ store, home },
    worker: (real) =>
      real
        ? start('worker', [BIN, 'worker'])
        : start('worker', [WORKER, server.address, storePath, bundle, join(home.dir, 'worker-sdk.log')]),
    command: (name, ...args) => start(name, [BIN, ...args]),
    close: async () => {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all([...running].map(({ ended }) => ended));
      await connected.connection.close();
      await store.close();
      await stopDevServer(server.process);
      await home.remove();
    },
  };
};
