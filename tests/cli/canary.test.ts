import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FIXTURES } from '../lean/repl/support.ts';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
beforeAll(async () => {
  home = await makeHome();
});
afterAll(() => home.remove());

const bench = (...args: string[]) => startCli(home, ['bench', 'basic', '--limit', '1', ...args]);

test('every bench run tells of its canary: in its report, its JSON lines and its record', async () => {
  const { stdout, exitCode, stderr } = await bench('--json');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const lines = jsonLines(stdout);
  expect(lines.map((line) => line.type)).toEqual(['launch', 'theorem', 'canary', 'done']);
  expect(lines[2]).toMatchObject({ outcome: 'passed', truth: 'accepted', backend: 'embedded' });
  const again = await bench();
  expect(again.stdout).toMatch(/^canary +passed: \d+ cheats refused, the truth accepted/m);
  const shown = await startCli(home, ['show', 'bench-basic']);
  expect(shown.stdout).toMatch(/^canary +passed: /m);
  expect(jsonLines((await startCli(home, ['show', 'bench-basic', '--json'])).stdout)[0]).toMatchObject({
    canary: { outcome: 'passed' },
  });
});

test('a command that accepts everything ends the run with CANARY_ACCEPTED and no result', async () => {
  const command = `${process.execPath} ${join(FIXTURES, 'repl.ts')}`;
  const lean = ['--lean-command', command, '--lean-cwd', FIXTURES, '--allow-unsandboxed'];
  const { stdout, stderr, exitCode } = await bench(...lean, '--json', '-o', 'results');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^proofloop: CANARY_ACCEPTED: .*2 \+ 2 = 5/m);
  const lines = jsonLines(stdout);
  expect(lines.map((line) => line.type)).toEqual(['launch', 'canary']);
  expect(lines[1]).toMatchObject({ outcome: 'accepted the false' });
  expect(await readdir(join(home.dir, 'results'))).toEqual([]);
  const { stdout: shown } = await startCli(home, ['show', String(lines[0]!.runId)]);
  expect(shown).toMatch(/^state +failed/m);
  expect(shown).toMatch(/^canary +ACCEPTED A FALSE STATEMENT/m);
});
