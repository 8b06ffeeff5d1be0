import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { LeanService } from '../../lean/service.ts';
import type { Fault } from './faults/fault.ts';
import { hosts } from './faults/kills.ts';
import { canMount, machineFaults } from './faults/machine.ts';
import { filled, type Observation, observe } from './faults/observe.ts';
import { type FaultReport, page } from './faults/table.ts';
import { EXPECTED, GROUPS, type Group, type Open, observeMachine, openFor } from './faults/worlds.ts';

/** Plays every fault on the built package, prints what becomes of it, and writes the JSON and the page made from it. */
const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const { values } = parseArgs({
  options: {
    groups: { type: 'string', default: [...Object.keys(GROUPS), 'machine'].join() },
    cache: { type: 'string', default: path('node_modules/.cache/bench') },
    out: { type: 'string', default: path('bench/results/lean-faults.json') },
    doc: { type: 'string', default: path('docs/faults.md') },
    'no-build': { type: 'boolean', default: false },
  },
});

const say = (line: string) => process.stderr.write(`${line}\n`);
if (!values['no-build']) await execa(process.execPath, [path('scripts/build.ts')], { stdio: 'inherit' });
const built: { createLeanService: Open } = await import(path('dist/lean/index.js'));
const open: Open = (config) => built.createLeanService(config, say);

const loadBefore = loadavg()[0] ?? 0;
const rows: Observation[] = [];
const skipped: string[] = [];
let memory = { slotsMiB: 0, spareMiB: 0 };
let sandbox = 'unknown';

const show = (row: Observation): void => {
  rows.push(row);
  const fault = row.rightClass && row.wrong.length === 0 ? '' : ` WRONG ${row.wrong.join('; ')}`;
  const over = row.overMs === null ? '' : `over ${row.overMs} ms, `;
  const what = JSON.stringify(row.happened);
  say(`${row.done}: ${what}, ${over}next ${row.nextMs} ms, whole ${row.wholeMs} ms, ${row.strength}${fault}`);
};

const residentMiB = async (pids: readonly number[]): Promise<number> => {
  const statuses = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')),
  );
  return statuses.reduce((sum, status) => sum + Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024, 0);
};

async function playGroup(group: Group): Promise<void> {
  const lean = await openFor(group, open, values.cache);
  try {
    if (group === 'kill') await measureMemory(lean);
    for (const fault of GROUPS[group] as readonly Fault[])
      show(await observe(fault, { lean, cache: values.cache }, EXPECTED));
  } finally {
    await lean.close();
  }
}

async function measureMemory(lean: LeanService): Promise<void> {
  await filled(lean, EXPECTED);
  const { slots, spare } = hosts(lean);
  memory = { slotsMiB: await residentMiB(slots), spareMiB: await residentMiB(spare) };
  sandbox = (await lean.identity()).sandbox;
}

async function playMachine(): Promise<void> {
  if (!canMount) {
    skipped.push('a full and a read-only disk (mounts need root)');
    return;
  }
  for (const fault of machineFaults(join(values.cache, 'lean'))) show(await observeMachine(fault, open));
}

for (const group of values.groups.split(',')) {
  if (group === 'machine') await playMachine();
  else if (group in GROUPS) await playGroup(group as Group);
  else
    throw new Error(`no group ${JSON.stringify(group)}; known: ${Object.keys(GROUPS).join(', ')}, machine`);
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.versions.node,
  loadBefore,
  sandbox,
  ...memory,
};
const report: FaultReport = { at: new Date().toISOString(), machine, skipped, rows };
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
await writeFile(values.doc, page(report));
process.stdout.write(page(report));
if (rows.some(({ rightClass, wrong }) => !rightClass || wrong.length > 0)) process.exitCode = 1;
