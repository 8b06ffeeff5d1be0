import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
let compiled: string;
beforeAll(async () => {
  home = await makeHome();
  compiled = join(home.dir, 'cache', 'proofloop', 'node');
});
afterAll(() => home.remove());

/** As a user's shell does it: the compile cache that tests share is not named. */
const run = (args: string[], more: Record<string, string> = {}) =>
  startCli(home, args, { env: { NODE_COMPILE_CACHE: '', XDG_CACHE_HOME: join(home.dir, 'cache'), ...more } });

test('a command keeps what Node compiled where the next one finds it; `clean` removes it and leaves none of its own', async () => {
  expect((await run(['--version'])).exitCode).toBe(0);
  const [forThisNode] = await readdir(compiled);
  expect((await readdir(join(compiled, forThisNode!))).length).toBeGreaterThan(20);
  expect((await run(['clean', '--cache', '--yes'])).exitCode).toBe(0);
  expect(existsSync(compiled)).toBe(false);
});

test('`clean` knows it also where the configuration puts the rest of the cache elsewhere', async () => {
  await run(['--version']);
  const { stdout } = await run(['clean', '--json'], { PROOFLOOP_DIRS_CACHE: join(home.dir, 'elsewhere') });
  expect(jsonLines(stdout).map((place) => place.path)).toContain(compiled);
});

test('a cache folder that cannot be written stops no command', async () => {
  const { exitCode, stderr } = await run(['--version'], { XDG_CACHE_HOME: '/dev/null' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
