import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, type OrchestrationReport, type Plan } from './orchestration/measure.ts';
import { tableOf } from './orchestration/table.ts';
import { openWorld } from './orchestration/world.ts';

/** An attempt is to cost less than this beyond Lean and the model, on the dev server. */
const AIM_MS = 150;

const RESULTS = fileURLToPath(new URL('./results/orchestration.json', import.meta.url));

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    lanes: { type: 'string', default: '1,4' },
    latency: { type: 'string', default: '2000' },
    out: { type: 'string', default: RESULTS },
  },
});
const plan: Plan = {
  count: Number(values.count),
  lanes: values.lanes.split(',').map(Number),
  latencyMs: Number(values.latency),
};

// What else the machine does: figures taken on a busy one are no better than upper bounds.
const loadBefore = loadavg()[0] ?? Number.NaN;
const world = await openWorld(say);
try {
  const rows = await measure(world, plan, say);
  const report: OrchestrationReport = {
    plan,
    aimMs: AIM_MS,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
      lean: world.identity.version,
      loadBefore,
    },
    at: new Date().toISOString(),
    rows,
  };
  await mkdir(new URL('./results/', import.meta.url), { recursive: true });
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${tableOf(rows)}\n`);
  for (const { lanes, overhead, loop } of rows.filter((row) => row.per === 'attempt'))
    process.stdout.write(
      `${lanes} lane(s): an attempt costs ${overhead.p50.toFixed(0)} ms (p95 ${overhead.p95.toFixed(0)}) beyond Lean and ` +
        `the model, ${loop.p50.toFixed(0)} ms (p95 ${loop.p95.toFixed(0)}) without waiting for Lean; ` +
        `aim: under ${AIM_MS} ms.\n`,
    );
} finally {
  await world.close();
}
