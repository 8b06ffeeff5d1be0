import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSuite } from '../src/suite/load.ts';
import { type Row, rowsOf } from './suite/rows.ts';
import { benchOnce } from './suite/run.ts';
import { beforeAfter, tableOf } from './suite/table.ts';

/** The suites as users run them: one command a run, nothing running before; cold and warm cache, several numbers of lanes. */
const { values } = parseArgs({
  options: {
    suites: { type: 'string', default: 'basic,medium,hard' },
    lanes: { type: 'string', default: '1,2,4' },
    limit: { type: 'string' },
    out: { type: 'string' },
  },
});
const names = values.suites.split(',');
const suites = await Promise.all(names.map(loadSuite));
const chosen = suites.map(({ name, theorems }) => ({
  name,
  theorems: theorems.slice(0, values.limit === undefined ? undefined : Number(values.limit)),
}));

const rows: Row[] = [];
for (const lanes of values.lanes.split(',').map(Number)) {
  const home = await mkdtemp(join(tmpdir(), 'proofloop-bench-suite-'));
  try {
    const file = join(home, 'all.jsonl');
    const all = chosen.flatMap(({ theorems }) => theorems);
    await writeFile(file, all.map((theorem) => `${JSON.stringify(theorem)}\n`).join(''));
    // The second run finds what the first has put into the store.
    for (const cache of ['cold', 'warm'] as const) {
      const run = await benchOnce(home, file, lanes);
      rows.push(...rowsOf(run, { lanes, cache }, chosen));
      console.error(`${lanes} at once, ${cache}: ${(run.processMs / 1000).toFixed(1)} s`);
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
console.log(tableOf(rows));
console.log(beforeAfter(rows));
if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify({ rows }, null, 2)}\n`);
