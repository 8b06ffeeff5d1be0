import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, compareWithin } from './schedule/compare.ts';
import { learnedFrom } from './schedule/predicted.ts';
import { readRecorded } from './schedule/recorded.ts';
import { makespanTable, solvedTable, withinTable } from './schedule/table.ts';

/** The scheduler's policies, played on the recorded times of real runs (bench/schedule/record.ts makes them). */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: fileURLToPath(new URL('schedule/times.jsonl', import.meta.url)) },
    lanes: { type: 'string', default: '1,2,4,8,16' },
    out: { type: 'string', default: fileURLToPath(new URL('results/schedule.json', import.meta.url)) },
  },
});
const lanes = values.lanes.split(',').map(Number);
const rounds = await readRecorded(values.times);
const learned = await learnedFrom(rounds);
const cells = compare(rounds, learned, lanes);
const within = compareWithin(rounds, learned, lanes);
const worst = (knowledge: string) =>
  Math.max(
    ...cells.filter((c) => c.order === 'longest-first' && c.knowledge === knowledge).map((c) => c.ratio),
  );
const held = (ratio: number) =>
  `${((ratio - 1) * 100).toFixed(1)} % above the lower bound at most: ${ratio <= 1.1 ? 'within' : 'NOT within'} 10 %`;

const { round } = rounds;
console.log(
  `${round.length} theorems, ${round.filter((r) => r.outcome === 'solved').length} solved, ${(round.reduce((sum, r) => sum + r.ms, 0) / 1000).toFixed(1)} s in all, the longest ${(Math.max(...round.map((r) => r.ms)) / 1000).toFixed(1)} s`,
);
console.log(makespanTable(cells));
for (const knowledge of ['perfect', 'last', 'predictor', 'predictor, new', 'similar'])
  console.log(`longest-first, ${knowledge}: ${held(worst(knowledge))}`);
console.log(solvedTable(cells, [1, 4]));
console.log(withinTable(within));
await writeFile(values.out, `${JSON.stringify({ theorems: round.length, cells, within }, null, 2)}\n`);
