import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { prepareLean } from '../../lean/embedded/prepare/prepare.ts';
import { spread } from './process.ts';

/** From the start of a process to the first verdict of the embedded Lean, what one more instance costs, and warm checks. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    checks: { type: 'string', default: '200' },
    cache: {
      type: 'string',
      default: fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url)),
    },
    out: { type: 'string', default: fileURLToPath(new URL('../results/lean-start.json', import.meta.url)) },
  },
});

const HEADERS = { Init: '', Std: 'import Std\n' };
const ROWS = {
  readyMs: 'instance ready, ms since process start',
  firstVerdictMs: 'first verdict, ms since process start',
  mateReadyMs: 'one more instance in the host ready, ms',
  mateVerdictMs: 'its first verdict, ms',
  mateMiB: 'memory of one more instance, MiB RSS',
  warmP50Ms: 'warm check p50, ms',
  warmP95Ms: 'warm check p95, ms',
  hostMiB: 'host with one instance after all checks, MiB RSS',
  wasmMiB: 'wasm memory of an instance, MiB',
} as const;
type Row = keyof typeof ROWS;
type Run = Record<Row, number> & { readonly sandbox: string };

const once = fileURLToPath(new URL('./once.ts', import.meta.url));
await prepareLean({ cacheDir: values.cache, say: (line) => process.stderr.write(`${line}\n`) });
const loadBefore = loadavg()[0];
const results: Record<string, Run[]> = {};
for (const [name, header] of Object.entries(HEADERS)) {
  const runs: Run[] = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const { stdout } = await execa(process.execPath, [once, values.cache, header, values.checks]);
    runs.push(JSON.parse(stdout) as Run);
    process.stderr.write(`${name} run ${i + 1}: first verdict ${runs[i]!.firstVerdictMs.toFixed(0)} ms\n`);
  }
  results[name] = runs;
}

const table = new Table({
  head: ['median (least to most)', ...Object.keys(results)],
  style: { head: [], border: [] },
});
for (const [row, title] of Object.entries(ROWS))
  table.push([title, ...Object.values(results).map((runs) => spread(runs.map((run) => run[row as Row])))]);
process.stdout.write(
  `${table.toString()}\nload before: ${loadBefore}, sandbox: ${results.Init?.[0]?.sandbox}\n`,
);

await mkdir(fileURLToPath(new URL('../results', import.meta.url)), { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node, loadBefore };
await writeFile(
  values.out,
  `${JSON.stringify({ at: new Date().toISOString(), machine, checks: Number(values.checks), results }, null, 2)}\n`,
);
