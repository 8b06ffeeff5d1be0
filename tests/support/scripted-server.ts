import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { xdgDirs } from '../../src/config/dirs.ts';
import { workflowBundle } from '../../src/temporal/bundle.ts';
import { findTemporalCli } from '../../src/temporal/cli-binary.ts';
import { connectOwn } from '../../src/temporal/connect.ts';
import { installRuntime } from '../../src/temporal/runtime.ts';
import { startDevServer, stopDevServer } from '../../src/temporal/server.ts';
import { startWorkers } from '../../src/temporal/worker.ts';
import { scripted } from './activities.ts';

/**
 * For scripts outside of jest: a real server of its own with a worker whose activities follow a script, for the
 * time of `work`; both and their files are gone afterwards.
 */
export const withScriptedServer = async (
  work: (world: {
    readonly client: Client;
    readonly script: ReturnType<typeof scripted>['script'];
  }) => Promise<void>,
): Promise<void> => {
  const { dirs } = xdgDirs(process.env);
  const base = await mkdtemp(join(tmpdir(), 'proofloop-scripted-'));
  installRuntime(join(base, 'sdk.log'));
  const temporal = { address: null, namespace: 'default', profile: null, cli: null };
  const server = await startDevServer({
    cli: (await findTemporalCli({ temporal, dirs }, console.error)).path,
    database: join(base, 'temporal.sqlite'),
    log: join(base, 'server.log'),
    namespaces: ['default'],
  });
  try {
    const { client, connection } = await connectOwn(server.address, 'default');
    const { script, activities } = scripted();
    const workers = await startWorkers({
      bundle: await workflowBundle(dirs.cache),
      connection,
      namespace: 'default',
      main: activities,
      lean: activities,
      llm: activities,
      slots: { lean: 4, llm: 8 },
    });
    await work({ client, script });
    await workers.shutdown();
    await connection.close();
  } finally {
    await stopDevServer(server.process);
    await rm(base, { recursive: true, force: true });
  }
};
