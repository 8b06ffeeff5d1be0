import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { measure, type Row } from './prompts/measure.ts';

/** How many tokens each prompt variant takes over the built-in suites; see bench/README.md. */
const { values } = parseArgs({
  options: {
    suites: { type: 'string', default: 'basic,medium,hard' },
    out: { type: 'string', default: 'bench/results/prompts.json' },
  },
});

const rows = await measure(values.suites.split(','));
const table = new Table({
  head: ['prompt', 'suite', 'theorems', 'constant part', 'fresh: mean (most)', 'repair: mean (most)'],
  style: { head: [], border: [] },
});
const span = ({ mean, most }: Row['fresh']): string => `${mean.toFixed(0)} (${most})`;
for (const row of rows)
  table.push([row.variant, row.suite, row.theorems, row.system, span(row.fresh), span(row.repair)]);
console.log(table.toString());
await writeFile(
  values.out,
  `${JSON.stringify({ tokenizer: 'o200k_base (npm gpt-tokenizer)', attempt: 'by simp', rows }, null, 2)}\n`,
);
