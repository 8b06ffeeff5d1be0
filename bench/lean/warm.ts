import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { prepareLean } from '../../lean/embedded/prepare/prepare.ts';
import { spread } from './process.ts';

/** What a screening verdict costs on 200 mixed theorems, and what a second instance on a second core brings. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    cache: {
      type: 'string',
      default: fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url)),
    },
    out: { type: 'string', default: fileURLToPath(new URL('../results/lean-warm.json', import.meta.url)) },
  },
});
const HEADERS = { Init: '', Std: 'import Std\n' };
type Run = {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
  readonly cpuSecondsPerProof: number;
  readonly miBPerProof: number;
  readonly twoAgainstOne: number;
};

const once = fileURLToPath(new URL('./warm-once.ts', import.meta.url));
await prepareLean({ cacheDir: values.cache, say: (line) => process.stderr.write(`${line}\n`) });
const loadBefore = loadavg()[0];
const results: Record<string, Run[]> = {};
for (const [name, header] of Object.entries(HEADERS)) {
  const runs: Run[] = [];
  for (let i = 0; i < Number(values.runs); i++) {
    const { stdout } = await execa(process.execPath, [once, values.cache, header]);
    runs.push(JSON.parse(stdout) as Run);
    process.stderr.write(`${name} run ${i + 1}: warm p50 ${runs[i]!.warm[0]!.toFixed(0)} ms\n`);
  }
  results[name] = runs;
}

const rows: readonly (readonly [title: string, of: (run: Run) => number, digits: number])[] = [
  ...['p50', 'p95', 'p99'].map((q, i) => [`warm verdict ${q}, ms`, (r: Run) => r.warm[i]!, 0] as const),
  ...['p50', 'p95', 'p99'].map((q, i) => [`first pass ${q}, ms`, (r: Run) => r.cold[i]!, 0] as const),
  ['CPU-seconds a warm proof', (r) => r.cpuSecondsPerProof, 3],
  ['MiB a warm proof', (r) => r.miBPerProof, 3],
  ['two instances at once, times one', (r) => r.twoAgainstOne, 2],
];
const table = new Table({
  head: ['median (least to most)', ...Object.keys(results)],
  style: { head: [], border: [] },
});
for (const [title, of, digits] of rows)
  table.push([title, ...Object.values(results).map((runs) => spread(runs.map(of), digits))]);
process.stdout.write(`${table.toString()}\nload before: ${loadBefore}\n`);

await mkdir(fileURLToPath(new URL('../results', import.meta.url)), { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.versions.node, loadBefore };
await writeFile(
  values.out,
  `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`,
);
