import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { pairs } from './loop/cases.ts';
import { tableOf } from './loop/table.ts';

/** What the loop saves in calls and tokens, with a SIMULATED model of known behaviour; see bench/README.md. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '16' },
    only: { type: 'string', default: Object.keys(pairs).join(',') },
    out: { type: 'string', default: 'bench/results/loop.json' },
  },
});

const measured = [];
for (const name of values.only.split(',')) {
  const pair = pairs[name];
  if (pair === undefined) throw new Error(`there is no '${name}', only ${Object.keys(pairs).join(', ')}`);
  measured.push({ name, ...(await pair(Number(values.count))) });
  console.error(`${name}: done`);
}
await writeFile(
  values.out,
  `${JSON.stringify({ model: 'simulated', count: Number(values.count), pairs: measured }, null, 2)}\n`,
);
console.log(tableOf(measured));
