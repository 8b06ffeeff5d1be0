import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inWorld, type World } from './predictor/world.ts';

/** How well times and successes of the local prover are predicted from runs with real Lean, beside what needs no model. */
const { values } = parseArgs({
  options: {
    sets: {
      type: 'string',
      default: 'basic,bench/sets/programs.jsonl,medium,bench/sets/competition.jsonl,hard',
    },
    rounds: { type: 'string', default: '2' },
    limit: { type: 'string', default: '1000' },
    splits: { type: 'string', default: '0.5,0.7' },
    /** Keep the store here; one that has enough records already is only evaluated. */
    folder: { type: 'string' },
    out: {
      type: 'string',
      default: fileURLToPath(new URL('results/predictor.json', import.meta.url)),
    },
  },
});

const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const play = async (world: World, set: string): Promise<void> => {
  const began = performance.now();
  const done = lines(await world.run('bench', set, '--limit', values.limit, '--no-cache', '--json')).at(-1);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${set}: ${done?.solved} of ${done?.total} solved, ${seconds} s`);
};

await inWorld(values.folder, async (world) => {
  const before = lines(await world.run('predictor', 'show', '--json'));
  if (before[0]?.type === 'noData')
    for (let round = 1; round <= Number(values.rounds); round++)
      for (const set of values.sets.split(',')) await play(world, set);
  const [trained] = lines(await world.run('predictor', 'train', '--json'));
  const evaluations: Record<string, unknown>[] = [];
  for (const split of values.splits.split(',')) {
    const [evaluation] = lines(await world.run('predictor', 'eval', '--split', split, '--json'));
    evaluations.push({ split: Number(split), ...evaluation });
    console.log(`\n--split ${split}\n${await world.run('predictor', 'eval', '--split', split)}`);
  }
  const machine = { cores: cpus().length, load: loadavg().map((l) => Number(l.toFixed(1))) };
  await writeFile(
    values.out,
    `${JSON.stringify({ machine, runs: await world.runs(), trained, evaluations }, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(6)) : v), 2)}\n`,
  );
});
