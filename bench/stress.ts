import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SEARCH_LIMITS } from '../src/prover/local/limits.ts';
import { SIMULATED } from './stress/model.ts';
import { type StressReport, stress } from './stress/run.ts';
import { realTheorems, simpleTheorems } from './stress/theorems.ts';

/**
 * Many theorems through runSuite while workers are killed: `node bench/stress.ts --count 10000` with a fast judge in place of
 * Lean and a simulated model, `--real 1000` with real Lean and the local prover (`--heartbeats`: of its search, in thousands).
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    real: { type: 'string' },
    lanes: { type: 'string' },
    samples: { type: 'string', default: '2' },
    heartbeats: { type: 'string', default: String(SEARCH_LIMITS.heartbeats) },
    out: { type: 'string' },
  },
});
const real = values.real !== undefined;
const count = Number(values.real ?? values.count);
const OUT = fileURLToPath(new URL(`./results/stress${real ? '-real' : ''}.json`, import.meta.url));
const report = await stress(
  {
    theorems: real ? await realTheorems(count) : simpleTheorems(count),
    plan: {
      provers: [real ? 'local' : SIMULATED],
      budget: { rounds: 1, samples: Number(values.samples), tokens: null, costUsd: null, wallMs: null },
      lean: { wallMs: 20_000, heartbeats: 200_000 },
      ...{ cache: true, onModelFailure: 'fail' },
    },
    lanes: Number(values.lanes ?? (real ? 4 : 24)),
    maxCostUsd: real ? null : 1_000,
    searchHeartbeats: real ? Number(values.heartbeats) : null,
    ...{ real, victims: real ? 1 : 2, killMs: real ? [30_000, 90_000] : [20_000, 60_000], lookMs: 2_000 },
  },
  (line) => process.stderr.write(`${line}\n`),
);

const mib = (n: number) => `${n.toFixed(0)} MiB`;
const memory = (name: string, trend: StressReport['worker']) =>
  trend === null
    ? `${name}: too short for a trend`
    : `${name}: ${mib(trend.start)} at the start, ${mib(trend.middle)} in the middle, ${mib(trend.end)} at the end, ` +
      `at most ${mib(trend.most)}: ${trend.flat ? 'flat' : 'NOT FLAT'}`;
const once = report.results === report.theorems && report.begun === report.theorems;
const lines = [
  `${report.theorems} theorems, ${real ? `real Lean, local prover with ${values.heartbeats} thousand heartbeats` : 'a fast judge in place of Lean, a simulated model'}: ${(report.wallMs / 1000).toFixed(0)} s`,
  `${report.kills} workers killed; ${report.results} results, ${report.begun} workflows of theorems: ${once ? 'each exactly once' : 'NOT EXACTLY ONCE'}`,
  `outcomes ${JSON.stringify(report.outcomes)}, ${report.attempts} attempts`,
  ...Object.entries(report.errors).map(([error, n]) => `  ${n} times ${error}`),
  `run: ${report.run.executions} executions, at most ${report.run.mostEvents} events and ${report.run.mostMiB.toFixed(2)} MiB each; a theorem: at most ${report.mostTheoremEvents} events`,
  memory('worker that was left alone', report.worker),
  memory('command line that watched', report.cli),
];
process.stdout.write(`${lines.join('\n')}\n`);
const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
};
await mkdir(new URL('./results/', import.meta.url), { recursive: true });
await writeFile(
  values.out ?? OUT,
  `${JSON.stringify({ judge: real ? 'Lean' : 'fast judge', searchHeartbeats: real ? Number(values.heartbeats) : null, at: new Date().toISOString(), machine, ...report }, null, 2)}\n`,
);
process.exitCode = once ? 0 : 1;
