import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../lean/embedded/instance.ts';
import { residentMiB } from './process.ts';
import { inTurn, mixedSet } from './set.ts';

/** Resident memory of a host after 1, 1,000 and 10,000 mixed theorems in one instance that is never recycled, and of one more. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    cache: {
      type: 'string',
      default: fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url)),
    },
    out: { type: 'string', default: fileURLToPath(new URL('../results/lean-memory.json', import.meta.url)) },
  },
});
const MANY = Number(values.requests);
const THOUSAND = 1_000;
const EXACT = { statement: '(a b : Nat) (h : a ≤ b) : a < b + 1', text: 'by exact?' };

async function work(instance: EmbeddedInstance, header: string, from: number, to: number): Promise<void> {
  const set = inTurn(mixedSet(header));
  for (let i = from; i < to; i++) await instance.check(set[i % set.length]!.request);
}

async function measure(header: string, many: number) {
  const lean = createEmbeddedBackend({ cacheDir: values.cache });
  try {
    const first = await lean.start({ header });
    await work(first, header, 0, 1);
    const afterOne = await residentMiB(first.pid);
    await work(first, header, 1, THOUSAND);
    const afterThousand = await residentMiB(first.pid);
    await work(first, header, THOUSAND, many);
    const afterAll = await residentMiB(first.pid);
    const mate = await lean.start({ header });
    await work(mate, header, 0, THOUSAND);
    const mateMiB = (await residentMiB(first.pid)) - afterAll;
    for (let i = 0; i < 10; i++)
      await first.check({
        challenge: { name: 'e', header, context: '', statement: `theorem e ${EXACT.statement}` },
        submission: { form: 'proof', text: EXACT.text },
        options: { wallMs: 60_000, heartbeats: 200_000 },
      });
    const exactMiB = (await residentMiB(first.pid)) - afterAll - mateMiB;
    return {
      afterOne,
      afterThousand,
      afterAll,
      mateMiB,
      exactMiB,
      wasmMiB: (first.memoryBytes ?? 0) / 2 ** 20,
    };
  } finally {
    await lean.close();
  }
}

const results = {
  Init: await measure('', MANY),
  Std: await measure('import Std\n', Math.min(MANY, 2 * THOUSAND)),
};
const TITLES: Record<keyof typeof results.Init, string> = {
  afterOne: 'host with one instance after 1 request, MiB RSS',
  afterThousand: 'after 1,000',
  afterAll: `after ${MANY} (Std: at most 2,000)`,
  mateMiB: 'one more instance in the host, after 1,000 requests of its own',
  exactMiB: 'what 10 exact? add (two threads of Lean)',
  wasmMiB: 'wasm memory of the first instance at the end, MiB',
};
const table = new Table({ head: ['', 'Init', 'Std'], style: { head: [], border: [] } });
for (const [key, title] of Object.entries(TITLES) as [keyof typeof TITLES, string][])
  table.push([title, results.Init[key].toFixed(0), results.Std[key].toFixed(0)]);
process.stdout.write(`${table.toString()}\n`);
await mkdir(fileURLToPath(new URL('../results', import.meta.url)), { recursive: true });
await writeFile(
  values.out,
  `${JSON.stringify({ at: new Date().toISOString(), requests: MANY, results }, null, 2)}\n`,
);
