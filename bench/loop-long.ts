import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withScriptedServer } from '../tests/support/scripted-server.ts';
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

await withScriptedServer(async ({ client, script }) => {
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
});
