/**
 * The controller of the Lean slots against fixed numbers of slots, on a simulated machine (bench/control/plant.ts):
 * `node bench/control.ts [--seconds N] [--cores N] [--out FILE]`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { slotPolicy } from '../src/scheduler/control/policy.ts';
import { type Plant, simulate } from './control/plant.ts';
import { randomOf } from './control/random.ts';

const GiB = 1024 ** 3;
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3600' },
    cores: { type: 'string', default: '8' },
    out: { type: 'string', default: fileURLToPath(new URL('results/control.json', import.meta.url)) },
  },
});
const [seconds, cores] = [Number(values.seconds), Number(values.cores)];

const third = (second: number): number => Math.min(2, Math.floor((3 * second) / seconds));
const base: Omit<Plant, 'random'> = {
  cores,
  demand: () => cores,
  foreign: () => 0,
  memory: () => 64 * GiB,
  each: GiB / 2,
  noise: 0,
};
const LOADS: Readonly<Record<string, Partial<Plant>>> = {
  backlog: { demand: () => 4 * cores },
  step: { demand: (s) => [0.2, 0.9, 0.3][third(s)]! * cores },
  ramp: { demand: (s) => cores * 1.2 * (1 - Math.abs((2 * s) / seconds - 1)) },
  noise: { demand: () => 0.6 * cores, noise: 0.5 },
  'others step in': { demand: () => 4 * cores, foreign: (s) => [0, 0.5, 0][third(s)]! },
  'memory runs short': { demand: () => 4 * cores, memory: (s) => [64, 2.5, 64][third(s)]! * GiB },
};

const rows = Object.entries(LOADS).flatMap(([load, more]) => {
  const plant = (): Plant => ({ ...base, ...more, random: randomOf(1) });
  const policy = slotPolicy({ most: cores });
  const run = (slots: string, start: number, fixed: boolean) => {
    const trace = simulate(plant(), policy, { seconds, start, fixed });
    const share = (holds: (second: number) => boolean) =>
      Array.from({ length: seconds }, (_, s) => s).filter(holds).length / seconds;
    return {
      load,
      slots,
      work: trace.work,
      utilisation: trace.busy / trace.available,
      above80: share((s) => trace.load[s]! > 0.8),
      short: share((s) => trace.free[s]! < 0),
      changes: trace.decisions.length,
      turns: trace.decisions.filter(
        (d, i) => i > 0 && d.to > d.from !== trace.decisions[i - 1]!.to > trace.decisions[i - 1]!.from,
      ).length,
      meanSlots: trace.available / seconds,
    };
  };
  return [
    run('auto', Math.max(1, Math.floor(cores * 0.75)), false),
    ...[1, cores / 2, cores].map((n) => run(String(n), n, true)),
  ];
});

const most = (load: string) => Math.max(...rows.filter((r) => r.load === load).map((r) => r.work));
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const head = [
  'load',
  'slots',
  'work done',
  'utilisation',
  'time above 80 % load',
  'time out of memory',
  'changes',
  'turns',
  'mean slots',
];
console.log(`| ${head.join(' | ')} |\n| ${head.map(() => '---').join(' | ')} |`);
for (const r of rows) {
  const work = percent(r.work / most(r.load));
  const cells = [r.load, r.slots, work, percent(r.utilisation), percent(r.above80), percent(r.short)];
  console.log(`| ${[...cells, r.changes, r.turns, r.meanSlots.toFixed(1)].join(' | ')} |`);
}
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ simulated: true, seconds, cores, rows }, null, 2)}\n`);
