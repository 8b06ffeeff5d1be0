import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { xdgDirs } from '../src/config/dirs.ts';
import { workflowBundle } from '../src/temporal/bundle.ts';
import { findTemporalCli } from '../src/temporal/cli-binary.ts';
import { connectOwn } from '../src/temporal/connect.ts';
import { installRuntime } from '../src/temporal/runtime.ts';
import { startDevServer, stopDevServer } from '../src/temporal/server.ts';
import { startWorkers } from '../src/temporal/worker.ts';
import { scripted } from '../tests/support/activities.ts';
import { answer, plan, proof, proveInput } from '../tests/support/theorems.ts';
import { QUEUES, WORKFLOWS } from '../workflows/names.ts';

/** One theorem with thousands of samples on a real server, activities in memory: how long do its histories become? */
const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '10' },
    out: { type: 'string', default: 'bench/results/loop-long.json' },
  },
});
const [samples, rounds] = [Number(values.samples), Number(values.rounds)];

const { dirs } = xdgDirs(process.env);
const base = await mkdtemp(join(tmpdir(), 'proofloop-bench-long-'));
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
  // Every tenth answer repeats one that was refused; each text is as long as a proof may be.
  const padding = ` -- ${'x'.repeat(1_500)}`;
  const noted = script('long', {
    generate: async ({ round, sample }) =>
      answer(proof(`wrong ${sample % 10 === 0 ? 'again' : `${round}.${sample}`}${padding}`)),
  });
  const input = proveInput('long', { plan: plan({ samples, rounds, costUsd: 1_000 }) });
  const workflowId = `${input.runId}/long`;
  const result = await client.workflow.execute(WORKFLOWS.proveTheorem, {
    workflowId,
    taskQueue: QUEUES.main,
    args: [input],
  });
  const executions: { events: number; bytes: number }[] = [];
  let { runId } = await client.workflow.getHandle(workflowId).describe();
  for (;;) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const { historyLength, historySize } = await handle.describe();
    executions.unshift({ events: Number(historyLength), bytes: Number(historySize ?? 0) });
    const { events } = await handle.fetchHistory();
    const before = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) break;
    runId = before;
  }
  const asked = noted.generated.map((g) => g.askedBy);
  const report = {
    samples: samples * rounds,
    attempts: result.attempts,
    askedTwice: asked.length - new Set(asked).size,
    duplicates: result.ledger.duplicates,
    executions: executions.length,
    mostEvents: Math.max(...executions.map((e) => e.events)),
    mostMiB: Math.max(...executions.map((e) => e.bytes)) / 2 ** 20,
  };
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(report);
  await workers.shutdown();
  await connection.close();
} finally {
  await stopDevServer(server.process);
  await rm(base, { recursive: true, force: true });
}
