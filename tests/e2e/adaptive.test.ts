import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunEvent, runEventSchema } from '../../src/model/index.ts';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../support/gemini-server.ts';
import { NO_LEMMAS, onlyRun } from './support.ts';

/** A model that refuses its first requests for the rate, fewer than one request is tried; Lean has work of its own meanwhile. */
const STORM = 5;
const limited: Step = { kind: 'status', status: 429, retryDelay: '1s' };

let home: Home;
let gemini: GeminiServer;
let run: { readonly exitCode?: number | undefined; readonly stdout: string; readonly stderr: string };
let shown: string;
let record: Record<string, unknown>;

beforeAll(async () => {
  gemini = await startGeminiServer(
    Array.from({ length: STORM }, () => limited),
    { kind: 'proof', proof: 'by rfl' },
  );
  home = await makeHome(gemini.env());
  // The local prover closes the even ones at once; the odd ones are false, so the model has to be asked.
  const rows = Array.from({ length: 16 }, (_, i) => ({
    ...{ id: `t${i}`, name: `t${i}` },
    statement: `theorem t${i} (a b : Nat) (h : a + ${i} < b) : a + ${i} ${i % 2 === 0 ? '≤' : '='} b`,
  }));
  const file = join(home.dir, 'storm.jsonl');
  await writeFile(file, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const provers = ['--provers', 'local,gemini', '--max-rounds', '1', '--no-refute', ...NO_LEMMAS];
  run = await startCli(home, ['bench', file, ...provers, '--jobs', 'auto', '--slots', '2', '--json']);
  const { runId } = await onlyRun(home);
  shown = (await startCli(home, ['show', runId])).stdout;
  [record = {}] = jsonLines((await startCli(home, ['show', runId, '--json'])).stdout);
}, 300_000);
afterAll(async () => {
  await gemini.close();
  await home.remove();
});

const events = (): readonly RunEvent[] => runEventSchema.array().parse(record.events);

it('ends with a result for every theorem: Lean went on while the model refused', async () => {
  expect([run.exitCode, run.stderr]).toEqual([2, expect.any(String)]);
  const { results } = await onlyRun(home);
  expect(results).toHaveLength(16);
  for (const { theoremId, outcome } of results)
    expect([theoremId, outcome]).toEqual([
      theoremId,
      Number(theoremId.slice(1)) % 2 === 0 ? 'solved' : 'unsolved',
    ]);
  expect(
    gemini.requests.filter(({ step }) => step === limited || step.kind === 'status').length,
  ).toBeGreaterThan(0);
});

it('shrinks the lanes of the model and of nothing else', () => {
  const model = events().filter(({ what }) => what === 'model-lanes');
  expect(model[0]).toMatchObject({ from: 8, to: 4, reason: expect.stringContaining('429') });
  expect(model[0]?.by).toContain('gemini');
  expect(events().filter(({ what }) => what === 'slots')).toEqual([]);
  const lanes = events().filter(({ what }) => what === 'lanes');
  expect(lanes[0]?.reason).toBe('2 Lean slots and 8 model requests at once');
  for (const { reason } of lanes) expect(reason).not.toContain('refused');
});

it('says so to a person, with the reasons and how much of Lean was in use', () => {
  expect(shown).toMatch(/lanes \d+ → 11: 2 Lean slots and \d model requests at once/);
  expect(shown).toMatch(/model requests at once 8 → 4: gemini-\S+ refused a request for the rate \(429\)/);
  expect(shown).toMatch(/utilisation +\d+ % of the Lean slots in use/);
  expect(shown).toContain('at once, tuned up to 64');
  expect(record.utilisation).toMatchObject({ share: expect.any(Number), workers: 1 });
});
