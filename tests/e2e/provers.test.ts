import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { expectExit, type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.ts';
import { writeConfig, writeSuite } from './support.ts';

const KEY = 'lab-key-that-nobody-may-read-0123';

let server: OpenAiServer;
let home: Home;
let suite: string;
beforeAll(async () => {
  server = await startOpenAiServer();
  home = await makeHome({ LAB_KEY: KEY });
  suite = await writeSuite(home, 'lab', 2);
  await writeConfig(
    home,
    [
      '[provers.lab]\nkind = "openai"\nmodel = "prover"\napi_key_env = "LAB_KEY"',
      `base_url = "${server.url}"`,
      '[provers.program]\nkind = "command"',
      `command = ["${process.execPath}", "-e", "console.log('by omega')"]`,
      '[provers.slow]\nkind = "command"',
      `command = ["${process.execPath}", "-e", "setInterval(() => {}, 1000)"]`,
      '[[prices]]\nmodel = "prover"\ninput = 0\noutput = 0\n',
    ].join('\n'),
  );
});
afterAll(async () => {
  await server.close();
  await home.remove();
});

const bench = async (...args: string[]) => {
  const run = await startCli(home, ['bench', suite, '--json', ...args]);
  const lines = jsonLines(run.stdout);
  return { ...run, lines, theorems: lines.filter((line) => line.type === 'theorem') };
};

it('a model at an address on the command line proves, and its run is replayed without it', async () => {
  const live = await bench('--provers', `openai:prover@${server.url}`);
  expect([live.exitCode, live.stderr.includes('$0.00 by the price list')]).toEqual([0, true]);
  expect(live.theorems.map((t) => t.outcome)).toEqual(['solved', 'solved']);
  const asked = server.requests.length;
  const again = await bench('--provers', `replay:openai:prover@${server.url}`, '--no-cache');
  expectExit(again, 0);
  expect(again.theorems.map((t) => [t.outcome, (t.ledger as { costUsd: number }).costUsd])).toEqual([
    ['solved', 0],
    ['solved', 0],
  ]);
  expect(server.requests).toHaveLength(asked);
}, 240_000);

it('in a race the program that answers wins, and the one that never ends is ended', async () => {
  const raced = await bench('--provers', 'slow,program', '--race', '--no-cache');
  expectExit(raced, 0);
  expect(raced.theorems.map((t) => t.prover)).toEqual(['program', 'program']);
}, 240_000);

it('a model whose price is not known is not asked while money is limited', async () => {
  const before = server.requests.length;
  const refused = await bench('--provers', `openai:other@${server.url}`);
  expectExit(refused, 1);
  expect(refused.stderr).toContain('PRICE_UNKNOWN');
  expect(server.requests).toHaveLength(before);
}, 60_000);

it("a project's own file directs no key and runs no program until it is trusted", async () => {
  await writeFile(
    join(home.dir, 'proofloop.toml'),
    `[provers.lab]\nkind = "openai"\nmodel = "prover"\napi_key_env = "LAB_KEY"\nbase_url = "${server.url}"\n`,
  );
  const before = server.requests.length;
  const refused = await bench('--provers', 'lab', '--dry-run');
  expect([refused.exitCode, refused.stderr.includes('PROFILE_UNTRUSTED')]).toEqual([1, true]);
  expect((await startCli(home, ['trust'])).exitCode).toBe(0);
  expect((await bench('--provers', 'lab', '--dry-run')).exitCode).toBe(0);
  await writeFile(join(home.dir, 'proofloop.toml'), '');
  expect(server.requests).toHaveLength(before);
}, 60_000);

const filesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

it('a key that a server echoes is in no output, no history and no file', async () => {
  server.reset([], {
    kind: 'status',
    status: 401,
    error: { message: `bad key ${KEY}: Authorization: Bearer ${KEY}` },
  });
  const failed = await bench('--provers', 'lab', '--no-cache');
  expect(server.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(failed.theorems[0]).toMatchObject({ outcome: 'error', error: { code: 'MODEL_CREDENTIALS' } });
  expect(failed.stdout + failed.stderr).not.toContain(KEY);

  const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
  const json = await store.getHistory(String(failed.theorems[0]!.workflowId));
  await store.close();
  const payloads = [...(json ?? '').matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map((m) =>
    Buffer.from(m[1]!, 'base64').toString('utf8'),
  );
  const history = `${json} ${payloads.join(' ')}`;
  expect(history).toContain('bad key [redacted]');
  expect(history).not.toContain(KEY);
  for (const file of await filesBelow(home.dir))
    expect([file, (await readFile(file)).includes(KEY)]).toEqual([file, false]);
}, 240_000);
