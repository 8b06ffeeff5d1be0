/**
 * Records one history of each scenario (tests/support/scenarios.ts) into tests/histories, from a real server and
 * the workflows as they are now. Run it after a change of the workflows that is meant to change their commands,
 * and raise WORKFLOW_VERSION with it: `npm run proofloop`'s Node, e.g. `npx node scripts/record-histories.ts [NAME …]`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { xdgDirs } from '../src/config/dirs.ts';
import { workflowBundle } from '../src/temporal/bundle.ts';
import { findTemporalCli } from '../src/temporal/cli-binary.ts';
import { connectOwn } from '../src/temporal/connect.ts';
import { historyToJson } from '../src/temporal/history-json.ts';
import { installRuntime } from '../src/temporal/runtime.ts';
import { startDevServer, stopDevServer } from '../src/temporal/server.ts';
import { startWorkers } from '../src/temporal/worker.ts';
import { scripted } from '../tests/support/activities.ts';
import { play, scenarios } from '../tests/support/scenarios.ts';

const OUT = fileURLToPath(new URL('../tests/histories/', import.meta.url));

/** Machine names, paths and times of recording have no place in the repository. */
const scrubbed = (json: string): string =>
  JSON.stringify(
    JSON.parse(json.replaceAll(hostname(), 'recorder'), (key, value) =>
      key === 'identity' ? 'recorder' : key === 'stackTrace' || key === 'source' ? '' : value,
    ),
  );

const { dirs } = xdgDirs(process.env);
const base = await mkdtemp(join(tmpdir(), 'proofloop-histories-'));
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
  await mkdir(OUT, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const scenario of scenarios()) {
    if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
    script(scenario.name, scenario.replace);
    const { workflowId, runId } = await play(client, scenario);
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    await writeFile(join(OUT, `${scenario.name}.json`), `${scrubbed(historyToJson(history))}\n`);
    console.log(`${scenario.name}: ${history.events?.length} events`);
  }
  await workers.shutdown();
  await connection.close();
} finally {
  await stopDevServer(server.process);
  await rm(base, { recursive: true, force: true });
}
