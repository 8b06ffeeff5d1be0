import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/load.ts';
import { createProvers } from '../src/prover/index.ts';
import type { Cell } from './live/cell.ts';
import { whyNotReal } from './live/place.ts';
import { tableOf, withTable } from './live/readme.ts';
import { runCell } from './live/run.ts';

/** What real models prove, and what it costs; see bench/README.md. Costs money, so it wants a limit. */
const { values } = parseArgs({
  options: {
    provers: { type: 'string', default: 'gemini' },
    suites: { type: 'string', default: 'medium,hard' },
    prompts: { type: 'string', default: 'short' },
    'max-cost': { type: 'string' },
    samples: { type: 'string', default: '1' },
    'max-rounds': { type: 'string', default: '4' },
    out: { type: 'string', default: 'bench/results/live.json' },
    readme: { type: 'string', default: 'README.md' },
  },
});

const refuse = (why: string): never => {
  console.error(`Nothing was asked and nothing written: ${why}`);
  process.exit(1);
};

const limit = Number(values['max-cost'] ?? Number.NaN);
if (!(limit > 0)) refuse('say how many US dollars may be spent in all, e.g. --max-cost 5');

const { config } = await loadConfig({
  flags: { provers: values.provers },
  env: process.env,
  cwd: process.cwd(),
}).catch((error: Error) => refuse(error.message));
const provers = createProvers(config);
for (const name of config.provers.use) {
  const why = await whyNotReal(config, name, process.env);
  if (why !== null) refuse(why);
  const missing = (await provers.get(name)?.diagnose())?.find(({ ok }) => !ok);
  if (missing !== undefined) refuse(`${name}: ${missing.what}. ${missing.fix}`);
}
withTable(await readFile(values.readme, 'utf8'), '');

const more = ['--samples', values.samples, '--max-rounds', values['max-rounds']];
const cells: Cell[] = [];
let left = limit;
for (const suite of values.suites.split(','))
  for (const prover of config.provers.use)
    for (const prompt of values.prompts.split(',')) {
      if (left <= 0)
        throw new Error(`${limit} US dollars are spent, and not all was measured: nothing is written`);
      const cell = await runCell({ prover, prompt, suite }, left, more);
      if (cell.costUsd === null) throw new Error('what a run cost is not known: nothing is written');
      left -= cell.costUsd;
      cells.push(cell);
    }

const day = new Date().toISOString().slice(0, 10);
const table = tableOf(cells, day);
await writeFile(
  values.out,
  `${JSON.stringify({ day, samples: values.samples, maxRounds: values['max-rounds'], cells }, null, 2)}\n`,
);
await writeFile(values.readme, withTable(await readFile(values.readme, 'utf8'), table));
console.log(table);
