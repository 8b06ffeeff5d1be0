import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { comparisonSchema } from '../../src/report/compare/schema.ts';
import { type Report, reportSchema } from '../../src/report/report/schema.ts';
import { expectExit, type Home, makeHome, startCli } from '../support/cli.ts';
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.ts';
import { statements, writeConfig } from './support.ts';

let server: OpenAiServer;
let home: Home;
let suite: string;

/** Two that the model's `by omega` proves, one that it does not, and one that is false. */
const THEOREMS = [
  ...statements(2).map((t) => ({ ...t, difficulty: 'easy', category: 'order' })),
  { id: 'times', name: 'times', statement: 'theorem times (a b : Nat) : a * b = b * a', difficulty: 'hard' },
  { id: 'wrong', name: 'wrong', statement: 'theorem wrong (a : Nat) : a + 1 = a + 2', difficulty: 'hard' },
];

beforeAll(async () => {
  server = await startOpenAiServer();
  home = await makeHome();
  suite = join(home.dir, 'lab.jsonl');
  await writeFile(suite, THEOREMS.map((t) => `${JSON.stringify(t)}\n`).join(''));
  await writeConfig(
    home,
    `[provers.lab]\nkind = "openai"\nmodel = "prover"\nbase_url = "${server.url}"\n[[prices]]\nmodel = "prover"\ninput = 1\noutput = 2\n`,
  );
});
afterAll(async () => {
  await server.close();
  await home.remove();
});

const cli = (...args: string[]) => startCli(home, args);

/** Runs the suite with the model alone, three samples in one round. */
const bench = async (...args: string[]): Promise<string> => {
  const asked = ['--provers', 'lab', '--samples', '3', '--max-rounds', '1', '-j', '2', '--prompt', 'short'];
  const run = await cli('bench', suite, '--json', ...asked, ...args);
  expect([run.exitCode, run.stderr]).toEqual([2, expect.anything()]);
  return String((JSON.parse(run.stdout.split('\n')[0]!) as { runId: string }).runId);
};

const reportOf = async (runId: string): Promise<Report> =>
  reportSchema.parse(JSON.parse((await cli('report', runId, '--format', 'json')).stdout));

let good: string;
let poor: string;

it('a run is reported in every form, with its samples, KPIs and provenance', async () => {
  good = await bench('-o', join(home.dir, 'results'));
  const made = await reportOf(good);
  expect(made.outcomes).toEqual({ solved: 2, unsolved: 1, refuted: 1, conditional: 0, error: 0 });
  expect(made.difficulties.map((g) => [g.name, g.total, g.outcomes.solved])).toEqual([
    ['easy', 2, 2],
    ['hard', 2, 0],
  ]);
  const [model] = made.models;
  expect([model?.prover, model?.planned]).toEqual(['lab', 3]);
  // Of all three samples together everything is known. The false theorem did not come to the model, unless the machine is so
  // busy that the look for a counterexample before it meets its limit of time.
  const came = server.requests.some(({ body }) => JSON.stringify(body).includes('theorem wrong')) ? 1 : 0;
  const measured = { theorems: 3 + came, without: 1 - came, value: 2 / (3 + came) };
  expect(model?.passAtK.at(-1)).toMatchObject({ k: 3, ...measured });
  expect(made.kpis.map((kpi) => [kpi.id, kpi.met !== null])).toEqual([
    ...['success', 'time', 'capacity', 'utilisation', 'errors'].map((id) => [id, true]),
  ]);
  expect(made.cost.usd).toBeGreaterThan(0);
  expect(made.cost.usdPerSolved).toBeCloseTo(made.cost.usd! / 2, 12);
  expect(made.theorems.find((row) => row.id === 'c0')).toMatchObject({
    ...{ outcome: 'solved', prover: 'lab', proof: 'by omega', prompts: [expect.stringMatching(/^short\//)] },
    statement: THEOREMS[0]!.statement,
  });
  expect(made.canary?.outcome).toBe('passed');
  for (const what of [
    'proofloop',
    'revision',
    'lean',
    'leanSlots',
    'header',
    'machine',
    'models',
    'prompt',
    'prices',
    'seed',
  ])
    expect([what, made.provenance[what]]).toEqual([what, expect.stringMatching(/./)]);
  expect(made.provenance.revision).toMatch(/^[0-9a-f]{40}/);
  expect(made.provenance.prices).toContain('prover: 1 in');

  const page = await readFile(join(home.dir, 'results', 'report.html'), 'utf8');
  expect(page).toContain('2 of 4 theorems solved');
  expect(await readFile(join(home.dir, 'results', 'report.md'), 'utf8')).toContain('## KPIs');
  for (const name of ['out.html', 'out.md', 'out.csv', 'out.xml', 'out.json']) {
    expect((await cli('report', good.slice(0, -3), '-o', name)).exitCode).toBe(0);
    expect(await readFile(join(home.dir, name), 'utf8')).toContain('times');
  }
  const shown = await cli('show', good);
  expect(shown.stdout).toMatch(/success rate +50 % +≥ 95 % +missed/);
  expect(shown.stdout).toMatch(/pass@3 +lab: 66\.7 %/);
}, 300_000);

it('two runs are compared, and a theorem that was lost can fail a build', async () => {
  server.reset([], { kind: 'proof', proof: 'by decide' });
  poor = await bench('--no-cache');
  const compared = await cli('compare', good, poor, '--format', 'json');
  expectExit(compared, 0);
  const c = comparisonSchema.parse(JSON.parse(compared.stdout));
  expect(c.lost.map((p) => p.id)).toEqual(['c0', 'c1']);
  expect(c).toMatchObject({ common: 4, newlySolved: [], neither: 2, changed: [], statementsCompared: true });
  expect(c.outcomeTest).toMatchObject({ name: 'exact McNemar', significant: false });
  expect(c.outcomeTest.p).toBeCloseTo(0.5, 9);
  const failed = await cli('compare', good, poor, '-o', 'changes.html', '--fail-on-lost');
  expect([failed.exitCode, failed.stderr]).toEqual([2, expect.stringContaining('0 newly solved, 2 lost')]);
  expect(await readFile(join(home.dir, 'changes.html'), 'utf8')).toContain('Lost: 2');
  expect((await cli('compare', poor, good, '--fail-on-lost')).exitCode).toBe(0);
}, 300_000);

it('with --exhaust all samples are judged, so that pass@k is measured and samples can be tested', async () => {
  const right = (name: string) => ({ kind: 'proof', proof: 'by omega', match: `theorem ${name} ` }) as const;
  server.reset([right('c0'), right('c1'), right('c1')], { kind: 'proof', proof: 'by decide' });
  // Also what is false comes to the model, however long a counterexample takes.
  const all = ['--exhaust', '--samples', '4', '--no-cache', '--no-refute'];
  const few = await bench(...all);
  expect(server.requests).toHaveLength(16);
  const [model] = (await reportOf(few)).models;
  expect(model?.passAtK[0]).toMatchObject({
    k: 1,
    theorems: 4,
    without: 0,
    value: 0.1875,
    low: 0.1875,
    high: 0.1875,
  });
  expect(model?.passAtK.map((e) => [e.k, e.low === e.high])).toEqual([
    [1, true],
    [2, true],
    [4, true],
  ]);
  server.reset();
  const many = await bench(...all);
  const c = comparisonSchema.parse(JSON.parse((await cli('compare', few, many, '--format', 'json')).stdout));
  expect(c.sampleTests).toMatchObject([
    { theorems: 4, left: 0, rateA: 0.1875, rateB: 0.5, significant: false },
  ]);
  expect((await cli('compare', few, many)).stdout).toContain('Samples of lab (randomization test');
  expect((await cli('compare', good, poor)).stdout).toContain('Samples: no test, because the first proof');
  const refused = await cli('bench', suite, '--exhaust', '--race');
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('--exhaust asks for all')]);
}, 300_000);

it('what cannot be done is said: no such run, no such format, a folder that is not there', async () => {
  const [run, format, folder] = await Promise.all([
    cli('report', 'nothing'),
    cli('report', good, '-o', 'report.pdf'),
    cli('report', good, '-o', 'nowhere/report.md'),
  ]);
  expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining('RUN_NOT_FOUND')]);
  expect([format.exitCode, format.stderr]).toEqual([
    1,
    expect.stringContaining("'report.pdf' names no format"),
  ]);
  expect([folder.exitCode, folder.stderr]).toEqual([1, expect.stringContaining('FILE_NOT_WRITTEN')]);
}, 120_000);
