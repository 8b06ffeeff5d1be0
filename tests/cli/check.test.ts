import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

const CHALLENGE = `namespace A
def double (n : Nat) : Nat := n + n
theorem one (n : Nat) : double n = 2 * n := sorry
theorem two : double 2 = 4 := by sorry
end A
`;
const proved = (one: string, two: string): string => CHALLENGE.replace('sorry', one).replace('by sorry', two);

let home: Home;
beforeAll(async () => {
  home = await makeHome();
  const write = (name: string, text: string) => writeFile(join(home.dir, name), text);
  await write('C.lean', CHALLENGE);
  await write('good.lean', proved('by unfold double; omega', 'rfl'));
  await write('half.lean', proved('by unfold double; omega', 'by sorry'));
  await write('loop.lean', 'theorem t : 5^999999 % 7 = 6 := by omega\n');
  await write('loopC.lean', 'theorem t : 5^999999 % 7 = 6 := sorry\n');
  await write('mathlib.lean', 'import Mathlib\ntheorem t : 1 = 1 := sorry\n');
  await write('bad.lean', 'theorem t : Nat.nothing = 1 := sorry\n');
});
afterAll(() => home.remove());

const check = (args: readonly string[], input?: string) =>
  startCli(home, ['check', ...args], input === undefined ? {} : { input });

test('an honest proof: exit 0, each target with its place, and what was checked', async () => {
  const { stdout, exitCode } = await check(['C.lean', 'good.lean']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^accepted A\.one good\.lean:3:0\n {2}axioms: none$/m);
  expect(stdout).toMatch(/^accepted A\.two good\.lean:4:0$/m);
  expect(stdout).toMatch(/^2 of 2 targets accepted · checker \S+ · Lean 4\.28\.0 \(embedded\)/m);
  expect(stdout).toContain(
    'checked: statement compared as Expr inside Lean, axioms walked, all new constants',
  );
});

test('a refused one: exit 2, with reason and place, as JSON lines and nothing else', async () => {
  const { stdout, exitCode } = await check(['C.lean', 'half.lean', '--json']);
  expect(exitCode).toBe(2);
  expect(jsonLines(stdout)).toMatchObject([
    {
      type: 'target',
      name: 'A.one',
      verdict: 'accepted',
      reason: 'accepted',
      file: 'half.lean',
      line: 3,
      axioms: [],
      assurance: { statement: 'expr', kernelReplay: true, fresh: true },
    },
    { type: 'target', name: 'A.two', verdict: 'refused', reason: 'incomplete', line: 4, assurance: null },
    { type: 'done', targets: 2, accepted: 1, refused: 1, errors: 0, lean: '4.28.0', exitCode: 2 },
  ]);
});

test.each([
  ['submission', ['C.lean', '-'], proved('by unfold double; omega', 'rfl')],
  ['challenge', ['-', 'good.lean'], CHALLENGE],
])('the %s may come from standard input', async (_, args, input) => {
  const { stdout, exitCode } = await check([...args, '--json'], input);
  expect({ exitCode, done: jsonLines(stdout).at(-1) }).toMatchObject({ exitCode: 0, done: { accepted: 2 } });
});

describe('what cannot be judged is an error, never a verdict on the proof:', () => {
  test.each([
    ['a missing import', ['mathlib.lean', 'mathlib.lean'], 'badHeader'],
    ['a challenge that Lean refuses', ['bad.lean', 'bad.lean'], 'badChallenge'],
    ['no answer in time', ['loopC.lean', 'loop.lean', '--timeout', '2s'], 'timeout'],
  ])('%s', async (_, args, reason) => {
    const { stdout, exitCode } = await check([...args, '--json']);
    expect(exitCode).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { verdict: 'error', reason },
      { errors: 1, exitCode: 1 },
    ]);
  });

  test('a fault before Lean is a record too', async () => {
    const { stdout, stderr, exitCode } = await check(['C.lean', 'nowhere.lean', '--json']);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('FILE_NOT_FOUND'),
    });
    expect(jsonLines(stdout)).toMatchObject([{ type: 'error', code: 'FILE_NOT_FOUND', exitCode: 1 }]);
  });

  test('a Lean that cannot be started', async () => {
    const command = ['--lean-command', 'no-such-program', '--allow-unsandboxed'];
    const { stdout, exitCode } = await check(['C.lean', 'good.lean', ...command, '--json']);
    expect(exitCode).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([{ type: 'error', code: 'LEAN_START_FAILED' }]);
  });
});

test('the completion offers files for both arguments', async () => {
  for (const words of [
    ['check', ''],
    ['check', 'C.lean', ''],
  ]) {
    const { stdout } = await startCli(home, ['complete', '--', ...words]);
    expect(stdout).toBe(':0');
  }
});
