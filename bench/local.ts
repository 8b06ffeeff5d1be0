import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import pLimit from 'p-limit';
import { createLeanService } from '../lean/index.ts';
import { type Theorem, theoremSchema } from '../src/model/index.ts';
import { SEARCH_LIMITS } from '../src/prover/local/limits.ts';
import { createLocalProver } from '../src/prover/local/prover.ts';
import { type Closed, closeOne } from './local/close.ts';
import { categories, stepsThatClose, summary } from './local/table.ts';
import { HALVES, halfOf } from './sets/half.ts';

/** What the local prover closes of sets of theorems, and how long each takes, judged in a fresh instance like any proof. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    half: { type: 'string', default: 'all' },
    how: { type: 'string', default: 'search' },
    slots: { type: 'string', default: '2' },
    heartbeats: { type: 'string', default: String(SEARCH_LIMITS.heartbeats) },
    wall: { type: 'string', default: String(SEARCH_LIMITS.wallMs) },
    only: { type: 'string' },
    show: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    cache: {
      type: 'string',
      default: fileURLToPath(new URL('../node_modules/.cache/bench', import.meta.url)),
    },
    out: { type: 'string' },
  },
});
const HOW = ['search', 'portfolio'] as const;
const how = HOW.find((h) => h === values.how);
if (how === undefined) throw new Error(`--how is ${values.how}; it is one of ${HOW.join(', ')}`);
if (![...HALVES, 'all'].includes(values.half))
  throw new Error(`--half is ${values.half}; it is dev, held-out or all`);
const only = values.only?.split(',') ?? null;
const sets =
  positionals.length > 0
    ? positionals
    : ['competition', 'programs'].map((s) => fileURLToPath(new URL(`sets/${s}.jsonl`, import.meta.url)));

const lean = await createLeanService({
  dirs: { cache: values.cache, data: '', state: '', config: '' },
  lean: {
    profile: 'embedded',
    profiles: { embedded: { kind: 'embedded' } },
    slots: Number(values.slots),
    wallMs: 30_000,
    heartbeats: 200_000,
  },
});
const prover = createLocalProver({
  limits: { heartbeats: Number(values.heartbeats), wallMs: Number(values.wall) },
});
// The first request waits for Lean to start, which is no theorem's time.
await lean.elaborate('example : 1 = 1 := rfl', { wallMs: 60_000, heartbeats: 200_000 });

const report: Record<string, unknown> = {};
for (const file of sets) {
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row): Theorem => theoremSchema.parse(JSON.parse(row)));
  const chosen = rows
    .filter((t) => values.half === 'all' || halfOf(t.id) === values.half)
    .filter((t) => only === null || only.some((part) => t.id.includes(part)));
  const limit = pLimit(Number(values.slots));
  const began = performance.now();
  const done = await Promise.all(
    chosen.map((theorem) =>
      limit(async (): Promise<Closed> => {
        const one = await closeOne(lean, prover, theorem, { how, trace: values.trace });
        // The other half is for its total alone.
        if (values.show && values.half !== 'held-out')
          console.log(
            `${one.proof === null ? '---' : 'ok '} ${theorem.id} ${Math.round(one.ms)} ms ${one.steps} steps ${one.heartbeats}\n${one.proof ?? theorem.statement}`,
          );
        return one;
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  const name = basename(file, '.jsonl');
  report[name] = summary(done, seconds);
  const table = new Table({
    head: [`${name} (${values.half}, ${how})`, 'closed', 'mean s', 'median s', 'p95 s'],
  });
  for (const [category, of] of [['all', done] as const, ...categories(done)]) {
    const s = summary(of, seconds);
    table.push([category, `${s.closed} of ${s.theorems}`, s.mean, s.median, s.p95]);
  }
  console.log(table.toString());
  console.log(
    `${seconds.toFixed(1)} s in all on ${values.slots} slots; refused by the judge: ${done.filter((d) => d.refused > 0).length}`,
  );
  if (how === 'search') console.log(`steps of the proofs: ${stepsThatClose(done)}`);
}
if (values.out !== undefined)
  await writeFile(
    values.out,
    `${JSON.stringify({ how, half: values.half, heartbeats: Number(values.heartbeats), ...report }, null, 2)}\n`,
  );
await lean.close();
