import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { createEmbeddedBackend } from '../lean/embedded/backend.ts';
import { type Theorem, theoremSchema } from '../src/model/index.ts';
import { rankByName } from './lemmas/by-name.ts';
import { namedIn } from './lemmas/named.ts';
import { halfOf } from './sets/half.ts';

/** How many of the library theorems that known proofs name are among the first ones found for their statements. */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    cache: { type: 'string', default: here('../node_modules/.cache/bench') },
    /** Only this half of each (sets/half.ts): what is tuned is tuned on `dev`. */
    half: { type: 'string' },
    out: { type: 'string', default: here('./results/lemmas.json') },
  },
});
const FIRST = [10, 25, 50] as const;
const MOST = 50;
const OPTIONS = { wallMs: 300_000, heartbeats: 200_000 };
const rows = (path: string): Record<string, unknown>[] =>
  readFileSync(here(path), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

type Known = { readonly theorem: Theorem; readonly proof: string };
const known = (statements: string, proofs: string): Known[] => {
  const proofOf = new Map(rows(proofs).map((row) => [row.id, String(row.proof)]));
  return rows(statements).flatMap((row) => {
    const proof = proofOf.get(row.id);
    const other = values.half !== undefined && halfOf(String(row.id)) !== values.half;
    return proof === undefined || other ? [] : [{ theorem: theoremSchema.parse(row), proof }];
  });
};
const suite = (name: string) => known(`../suites/${name}.jsonl`, `../tests/suites/proofs/${name}.jsonl`);
const set = (name: string) => known(`./sets/${name}.jsonl`, `../tests/bench/proofs/${name}.jsonl`);
const SETS = {
  'suites basic, medium, hard': ['basic', 'medium', 'hard'].flatMap(suite),
  'sets competition': set('competition'),
  'sets programs': set('programs'),
};

const backend = createEmbeddedBackend({
  cacheDir: values.cache,
  say: (line) => process.stderr.write(`${line}\n`),
});
const instance = await backend.start();
const relevant = async ({ name, header, context, statement }: Theorem, limit: number, text?: string) =>
  instance.relevant(
    { challenge: { name, header, context, statement }, options: OPTIONS },
    { limit, name: text },
  );

const libraries = new Map<string, readonly string[]>();
const libraryOf = async (header: string): Promise<readonly string[]> => {
  const known = libraries.get(header);
  if (known !== undefined) return known;
  const trivial = theoremSchema.parse({ id: 't', name: 't', header, statement: 'theorem t : 1 = 1' });
  const names = (await relevant(trivial, 1_000_000, '')).map(({ name }) => name);
  if (names.length === 0) throw new Error(`no theorems for the header ${JSON.stringify(header)}`);
  libraries.set(header, names);
  return names;
};

const results = [];
for (const [what, all] of Object.entries(SETS)) {
  if (all.length === 0) throw new Error(`${what}: no proof is there`);
  const found = { ours: FIRST.map(() => 0), byName: FIRST.map(() => 0) };
  const ms: number[] = [];
  let [named, theorems] = [0, 0];
  for (const { theorem, proof } of all) {
    const library = await libraryOf(theorem.header);
    const wanted = namedIn(proof, new Set(library));
    const began = performance.now();
    const ours = (await relevant(theorem, MOST)).map(({ name }) => name);
    ms.push(performance.now() - began);
    if (wanted.length === 0) continue;
    theorems += 1;
    named += wanted.length;
    const byName = rankByName(theorem.context + theorem.statement, library);
    for (const [i, k] of FIRST.entries()) {
      found.ours[i]! += wanted.filter((name) => ours.slice(0, k).includes(name)).length;
      found.byName[i]! += wanted.filter((name) => byName.slice(0, k).includes(name)).length;
    }
  }
  ms.sort((a, b) => a - b);
  const share = (counts: readonly number[]) => counts.map((n) => n / named);
  results.push({
    what,
    all: all.length,
    theorems,
    named,
    ours: share(found.ours),
    byName: share(found.byName),
    msMedian: ms[ms.length >> 1]!,
    msP95: ms[Math.floor(ms.length * 0.95)]!,
  });
  process.stderr.write(`${what} done\n`);
}
await backend.close();

const percent = (shares: readonly number[]) => shares.map((s) => `${(100 * s).toFixed(0)} %`).join(' · ');
const table = new Table({
  head: ['proofs', 'that name lemmas', 'lemmas named', 'ours: first 10 · 25 · 50', 'by name', 'ms p50 · p95'],
});
for (const r of results)
  table.push([
    r.what,
    `${r.theorems} of ${r.all}`,
    r.named,
    percent(r.ours),
    percent(r.byName),
    `${r.msMedian.toFixed(0)} · ${r.msP95.toFixed(0)}`,
  ]);
console.log(table.toString());
const library = Object.fromEntries([...libraries].map(([header, names]) => [header || 'Init', names.length]));
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ node: process.version, library, results }, null, 2)}\n`);
