import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import pLimit from 'p-limit';
import { createLeanService } from '../lean/index.ts';
import { SERVE_SETTINGS } from '../src/config/serve.ts';
import { startServer } from '../src/serve/server.ts';

/** Snippets a second and latency over HTTP, against the same engine called directly. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '400' },
    runs: { type: 'string', default: '5' },
    slots: { type: 'string', default: String(availableParallelism()) },
    cache: {
      type: 'string',
      default: fileURLToPath(new URL('../node_modules/.cache/bench', import.meta.url)),
    },
    out: { type: 'string', default: fileURLToPath(new URL('results/serve.json', import.meta.url)) },
  },
});
const [count, runs, slots] = [Number(values.count), Number(values.runs), Number(values.slots)];

/** Right, wrong and unfinished proofs by the common tactics, in turn. */
const PROOFS = [
  '(a b c : Nat) (h : a < b) (k : b < c) : a + 1 < c + 1 := by omega',
  '(xs ys : List Nat) : (xs ++ ys).length = ys.length + xs.length := by simp [Nat.add_comm]',
  '(n : Nat) : n + 1 = n := by simp',
  '(a b : Nat) (f : Nat → Nat) (h : a = b) : f a = f b := by grind',
  '(p q : Prop) : p ∧ q → q ∧ p := fun ⟨a, b⟩ => ⟨b, a⟩',
  ': (2 ^ 10 : Nat) = 1024 := by decide',
  '(n : Nat) : 0 + n = n := by sorry',
  '(b : Bool) : (b && !b) = false := by cases b <;> rfl',
];
const codes = Array.from({ length: count }, (_, i) => `theorem t${i} ${PROOFS[i % PROOFS.length]}`);
const options = { wallMs: 60_000, heartbeats: 200_000 };

const dirs = { cache: values.cache, data: '', state: '', config: '' };
const lean = await createLeanService({
  dirs,
  lean: { profile: 'embedded', profiles: { embedded: { kind: 'embedded' } }, slots, ...options },
});
const usual = Object.fromEntries(
  SERVE_SETTINGS.map((row) => [row.path.replace('serve.', ''), row.default()]),
);
const server = await startServer({
  config: { ...usual, port: 0 } as unknown as Parameters<typeof startServer>[0]['config'],
  lean,
  identity: await lean.identity(),
  slots,
  heartbeats: options.heartbeats,
  keys: [],
  version: 'bench',
  say: console.error,
});

const post = async (batch: readonly string[]): Promise<void> => {
  const snippets = batch.map((code, i) => ({ id: String(i), code }));
  const answer = await fetch(`${server.url}/api/check`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ snippets, timeout: 60 }),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  await answer.json();
};
const direct = async ([text = '']: readonly string[]): Promise<void> =>
  void (await lean.snippet({ text, options, infotree: null }));

const WAYS = {
  'engine, as many at once as instances': { ask: direct, batch: 1, atOnce: slots },
  'HTTP, as many at once as instances': { ask: post, batch: 1, atOnce: slots },
  'engine, one at a time': { ask: direct, batch: 1, atOnce: 1 },
  'HTTP, one at a time': { ask: post, batch: 1, atOnce: 1 },
  'HTTP, batches of 8, 5 at once (as kimina-client)': { ask: post, batch: 8, atOnce: 5 },
};
type Row = { readonly perSecond: number; readonly p50: number; readonly p95: number };
const quantile = (sorted: readonly number[], q: number) => sorted[Math.ceil(q * sorted.length) - 1]!;

const once = async ({ ask, batch, atOnce }: (typeof WAYS)[keyof typeof WAYS]): Promise<Row> => {
  const batches = Array.from({ length: Math.ceil(count / batch) }, (_, i) =>
    codes.slice(i * batch, (i + 1) * batch),
  );
  const limit = pLimit(atOnce);
  const began = performance.now();
  const times = await Promise.all(
    batches.map((some) =>
      limit(async () => {
        const started = performance.now();
        await ask(some);
        return performance.now() - started;
      }),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond: count / seconds, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
};

const results: Record<string, Row[]> = {};
await once(WAYS['engine, as many at once as instances']);
for (let run = 0; run < runs; run += 1)
  for (const [name, way] of Object.entries(WAYS)) results[name] = [...(results[name] ?? []), await once(way)];

const spread = (rows: readonly Row[], key: keyof Row): string => {
  const sorted = rows.map((row) => row[key]).toSorted((a, b) => a - b);
  return `${quantile(sorted, 0.5).toFixed(1)} (${sorted[0]!.toFixed(1)} to ${sorted.at(-1)!.toFixed(1)})`;
};
const table = new Table({
  head: ['median (least to most)', 'snippets/s', 'p50 ms', 'p95 ms'],
  style: { head: [], border: [] },
});
for (const [name, rows] of Object.entries(results))
  table.push([name, spread(rows, 'perSecond'), spread(rows, 'p50'), spread(rows, 'p95')]);
console.log(table.toString());
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify({ count, slots, load: loadavg()[0], results }, null, 2)}\n`);
await server.end();
await lean.close();
