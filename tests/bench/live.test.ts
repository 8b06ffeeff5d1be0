import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cellOf } from '../../bench/live/cell.ts';
import { isThisMachine } from '../../bench/live/place.ts';
import { tableOf, withTable } from '../../bench/live/readme.ts';
import { ROOT } from '../support/cli.ts';
import { type GeminiServer, startGeminiServer } from '../support/gemini-server.ts';

const README = 'before\n<!-- bench/live: begin -->\nnot measured\n<!-- bench/live: end -->\nafter\n';

let dir: string;
let gemini: GeminiServer;
beforeAll(async () => {
  gemini = await startGeminiServer();
  dir = await mkdtemp(join(tmpdir(), 'proofloop-live-'));
  await writeFile(join(dir, 'README.md'), README);
  await writeFile(
    join(dir, 'lab.toml'),
    `[provers.lab]\nkind = "openai"\nmodel = "m"\nbase_url = "${gemini.url}/v1"\n[provers.mine]\nkind = "command"\ncommand = ["sh"]\n`,
  );
});
afterAll(async () => {
  await gemini.close();
  await rm(dir, { recursive: true, force: true });
});

const live = async (args: readonly string[], env: Record<string, string> = {}) => {
  const out = join(dir, 'live.json');
  const run = await execa(
    process.execPath,
    [join(ROOT, 'bench/live.ts'), '--out', out, '--readme', join(dir, 'README.md'), ...args],
    {
      cwd: dir,
      extendEnv: false,
      env: { PATH: process.env.PATH ?? '', HOME: dir, PROOFLOOP_CONFIG: join(dir, 'lab.toml'), ...env },
      reject: false,
    },
  );
  const written = await access(out).then(
    () => true,
    () => false,
  );
  return {
    exitCode: run.exitCode,
    said: run.stderr,
    untouched: !written && (await readFile(join(dir, 'README.md'), 'utf8')) === README,
  };
};

const MONEY = ['--max-cost', '1'];

describe('the table of real models is not written', () => {
  test.each<[string, readonly string[], Record<string, string>, RegExp]>([
    ['without a key', MONEY, {}, /GEMINI_API_KEY is not set/],
    ['without a limit', [], { GEMINI_API_KEY: 'AIzaScriptedKey0123456789' }, /US dollars/],
    ['by a program', [...MONEY, '--provers', 'mine'], {}, /kind command/],
    ['by the store', [...MONEY, '--provers', 'replay:gemini'], {}, /kind replay/],
    ['by no model', [...MONEY, '--provers', 'local'], {}, /kind local/],
    ['by a server on this machine', [...MONEY, '--provers', 'lab'], {}, /this machine/],
  ])('%s', async (_, args, env, message) => {
    expect(await live(args, env)).toMatchObject({
      exitCode: 1,
      untouched: true,
      said: expect.stringMatching(message),
    });
  });

  test('by a simulated Gemini, which is not even asked', async () => {
    expect(await live(MONEY, gemini.env())).toMatchObject({
      exitCode: 1,
      untouched: true,
      said: expect.stringContaining('a simulated model never fills this table'),
    });
    expect(gemini.requests).toHaveLength(0);
  });
});

test.each([
  ['http://127.0.0.1:8000/v1', true],
  ['http://127.9.9.9/', true],
  ['http://localhost/', true],
  ['http://a.localhost./', true],
  ['http://[::1]:1/', true],
  ['http://[::ffff:127.0.0.1]/', true],
  ['http://0.0.0.0/', true],
  ['http://2130706433/', true],
  ['http://box.local/', true],
  ['https://203.0.113.7/v1', false],
  ['https://[2001:db8::1]/v1', false],
])('%s is this machine: %p', async (url, own) => {
  expect(await isThisMachine(url)).toBe(own);
});

const asked = { prover: 'gemini', prompt: 'short', suite: 'hard' };
const theorem = (outcome: string, costUsd: number | null) => ({
  type: 'theorem',
  outcome,
  ledger: { modelCalls: 2, modelMs: 3_000, inputTokens: 10, outputTokens: 5, costUsd },
});

test('a run becomes a row, errors apart, an unknown cost unknown, and half a run none', () => {
  const launch = { type: 'launch', runId: 'r', total: 3 };
  const lines = [launch, theorem('solved', 0.1), theorem('unsolved', 0.2), theorem('error', 0)];
  expect(cellOf(asked, lines)).toMatchObject({
    theorems: 3,
    solved: 1,
    errors: 1,
    calls: 6,
    secondsPerCall: 1.5,
  });
  expect(cellOf(asked, lines).costUsd).toBeCloseTo(0.3);
  expect(cellOf(asked, [launch, ...[1, 2, 3].map(() => theorem('solved', null))]).costUsd).toBeNull();
  expect(() => cellOf(asked, lines.slice(0, 3))).toThrow('2 of 3 results');
  expect(() => cellOf(asked, [])).toThrow('0 of 0');
});

test('the table stands between its marks, and nothing else changes', async () => {
  const table = tableOf(
    [cellOf(asked, [{ type: 'launch', runId: 'r', total: 1 }, theorem('solved', 0.1)])],
    '2026-11-25',
  );
  const text = withTable(README, table);
  expect(text).toContain('| gemini | short | hard | 1 of 1 | 0 | 1.5 | 10 / 5 | 0.1000 |');
  expect([text.startsWith('before\n'), text.endsWith('\nafter\n'), text.includes('not measured')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(withTable(text, table)).toBe(text);
  expect(() => withTable('no marks', table)).toThrow('lacks the marks');
  expect(withTable(await readFile(join(ROOT, 'README.md'), 'utf8'), table)).toContain(table);
});
