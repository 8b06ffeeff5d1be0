import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import type { Activities } from '../../activities/api.ts';
import { xdgDirs } from '../../src/config/dirs.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { findTemporalCli } from '../../src/temporal/cli-binary.ts';
import { type Connected, connectOwn } from '../../src/temporal/connect.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { startDevServer } from '../../src/temporal/server.ts';
import { type RunningWorker, startWorkers } from '../../src/temporal/worker.ts';
import { readShared, type Shared, sharedFile } from './shared.ts';

const NAMESPACES = Array.from({ length: 40 }, (_, i) => `test-${i + 1}`);

const testDir = (): string => {
  const dir = process.env.PROOFLOOP_TEST_DIR;
  if (dir === undefined) throw new Error('tests run under jest with tests/support/global-setup.ts');
  return dir;
};

/** Path of the real Temporal CLI, found or fetched by the product's own code. */
export const testCli = async (): Promise<string> => {
  const { dirs } = xdgDirs(process.env);
  const temporal = { address: null, namespace: 'default', profile: null, cli: null };
  return (await findTemporalCli({ temporal, dirs }, () => {})).path;
};

/** The one server and bundle of this jest run, started on first use, and a namespace for the caller alone. */
export const testServer = async (): Promise<Shared & { readonly namespace: string }> => {
  const dir = testDir();
  installRuntime(join(dir, 'sdk.log'));
  const release = await lockfile.lock(sharedFile(dir), {
    realpath: false,
    // A machine that is busy with other tests may leave a process without a turn for many seconds.
    stale: 60_000,
    update: 2_000,
    retries: { retries: 3_000, factor: 1, minTimeout: 50, maxTimeout: 100 },
  });
  try {
    const shared = (await readShared(dir)) ?? (await start(dir));
    const [namespace, ...namespaces] = shared.namespaces;
    if (namespace === undefined) throw new Error('more test files than namespaces: raise NAMESPACES');
    await writeFile(sharedFile(dir), JSON.stringify({ ...shared, namespaces }));
    return { ...shared, namespace };
  } finally {
    await release();
  }
};

const start = async (dir: string): Promise<Shared> => {
  const cli = await testCli();
  const bundle = join(dir, 'workflows.js');
  const { cache } = xdgDirs(process.env).dirs;
  const [server] = await Promise.all([
    startDevServer({
      cli,
      database: join(dir, 'temporal.sqlite'),
      log: join(dir, 'server.log'),
      namespaces: NAMESPACES,
    }),
    // A copy, so that an edit during the tests does not change what later workers run.
    workflowBundle(cache).then((made) => copyFile(made, bundle)),
  ]);
  const { address, uiUrl, process: identity } = server;
  server.keep();
  return { cli, address, uiUrl, server: identity, bundle, namespaces: NAMESPACES };
};

export type TestTemporal = Connected & {
  readonly bundle: string;
  /** Starts workers of all three queues with these activities; end them with `shutdown`. */
  workers(
    activities: Activities,
    slots?: { lean?: number; llm?: number; rpm?: number },
  ): Promise<RunningWorker>;
  close(): Promise<void>;
};

/** A connection to the shared server, in a namespace of its own. */
export const testTemporal = async (): Promise<TestTemporal> => {
  const { address, namespace, bundle } = await testServer();
  const connected = await connectOwn(address, namespace);
  return {
    ...connected,
    bundle,
    workers: (activities, slots = {}) =>
      startWorkers({
        bundle,
        connection: connected.connection,
        namespace,
        main: activities,
        lean: activities,
        llm: activities,
        slots: { lean: slots.lean ?? 4, llm: slots.llm ?? 8 },
        ...(slots.rpm !== undefined && { rpm: slots.rpm }),
      }),
    close: () => connected.connection.close(),
  };
};
