import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli, untilOutput } from '../support/cli.ts';

let home: Home;
let up: ReturnType<typeof startCli>;
beforeAll(async () => {
  home = await makeHome();
  up = startCli(home, ['up', '--slots', '1']);
  await untilOutput(up, 'stderr', /Ready\./);
}, 300_000);
afterAll(async () => {
  up.kill('SIGINT');
  expect(await up).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Ended.') });
  await home.remove();
}, 60_000);

const prove = (args: readonly string[], input?: string) =>
  startCli(home, ['prove', ...args], input === undefined ? {} : { input });
const write = async (name: string, text: string): Promise<string> => {
  const path = join(home.dir, name);
  await writeFile(path, text);
  return path;
};

/** BOM, CRLF, trailing blanks, odd spacing around `:=`, and a last line without an end. */
const AWKWARD = [
  '\ufeff-- ünï ∀\r\n',
  'namespace A\r\n',
  'variable (n : Nat)  \r\n',
  '\r\n',
  '/-- zero -/\r\n',
  '@[simp] theorem one :  n + 0 = n   :=  by   sorry   -- here\r\n',
  '\r\n',
  'def two : Nat := sorry\r\n',
  'theorem   three (m : Nat) :\r\n',
  '    n + m = m + n\r\n',
  '  := sorry\r\n',
  'end A -- the end',
].join('');

test('--write changes the proofs and nothing else, and keeps the mode', async () => {
  const path = await write('awkward.lean', AWKWARD);
  await chmod(path, 0o604);
  const { exitCode, stderr, stdout } = await prove(['awkward.lean', '--write']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stdout).toBe('');
  expect(stderr).toContain('awkward.lean:8: skipped A.two');
  expect(stderr).toContain('2 proofs written');
  const after = await readFile(path, 'utf8');
  const [before, between, rest] = AWKWARD.split(/:=\s+(?:by\s+)?sorry(?=\s+--|\r\nend)/);
  expect(after.startsWith(`${before}:= `)).toBe(true);
  expect(after).toContain(between);
  expect(after.endsWith(rest!)).toBe(true);
  expect(after.split('\r\n')).toHaveLength(after.split('\n').length);
  expect((await stat(path)).mode & 0o777).toBe(0o604);
});

test('a file that is edited meanwhile is left as it was edited, with FILE_CHANGED', async () => {
  const path = await write('edited.lean', 'theorem t (a b : Nat) : a + b = b + a := sorry\n');
  const running = prove(['edited.lean', '--write', '--json']);
  await untilOutput(running, 'stdout', /"launch"/);
  const edited = 'theorem t (a b : Nat) : a + b = b + a := sorry\n-- mine\n';
  await writeFile(path, edited);
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(1);
  expect(stderr).toContain('proofloop: FILE_CHANGED: edited.lean');
  expect(await readFile(path, 'utf8')).toBe(edited);
});

test('standard input goes to standard output whole, with its proofs', async () => {
  const input = 'open Nat\ntheorem t (a b : Nat) : a + b = b + a := by sorry\n#check t\n';
  const { exitCode, stdout } = await prove(['-'], input);
  expect(exitCode).toBe(0);
  expect(`${stdout}\n`).toMatch(
    /^open Nat\ntheorem t \(a b : Nat\) : a \+ b = b \+ a := by \w+\n#check t\n$/,
  );
});

test('with --json standard output holds JSON lines only: first launch, last done; a false theorem gives 2', async () => {
  await write('mixed.lean', 'theorem yes : 1 + 1 = 2 := sorry\ntheorem no : 1 + 1 = 3 := sorry\n');
  const { exitCode, stdout, stderr } = await prove(['mixed.lean', '--json', '--no-refute', '-o', 'out']);
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain('\u001b');
  const records = jsonLines(stdout);
  expect(records[0]).toMatchObject({
    type: 'launch',
    workflowId: expect.stringMatching(/^prove-mixed-/),
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\/prove-mixed-/),
    total: 2,
  });
  expect(records.filter((r) => r.type === 'theorem').map((r) => [r.theoremId, r.outcome])).toEqual([
    ['yes', 'solved'],
    ['no', 'unsolved'],
  ]);
  expect(records.at(-1)).toMatchObject({ type: 'done', state: 'done', solved: 1, unsolved: 1, exitCode: 2 });
  const results = jsonLines(await readFile(join(home.dir, 'out', 'results.jsonl'), 'utf8'));
  expect(results.map((r) => r.theoremId)).toEqual(['yes', 'no']);
  const proved = await readFile(join(home.dir, 'out', 'mixed.lean'), 'utf8');
  expect(proved).toMatch(/^theorem yes : 1 \+ 1 = 2 := by \w+\ntheorem no : 1 \+ 1 = 3 := sorry\n$/);
});

test('the same command shows the finished run; show, ls and logs tell of it', async () => {
  const again = await prove(['mixed.lean', '--json', '--no-refute', '--max-rounds', '9']);
  expect(again.stderr).toContain('is at its end');
  expect(again.stderr).toContain('budget.rounds: it had 4, this command asks 9');
  const [launch] = jsonLines(again.stdout);
  expect(launch).toMatchObject({ attached: true, url: null });
  const id = String(launch!.runId);

  const ls = await startCli(home, ['ls', '--json']);
  expect(jsonLines(ls.stdout).map((r) => r.runId)).toContain(id);
  const show = await startCli(home, ['show', 'prove-mixed']);
  expect(show.stdout).toContain(id);
  expect(show.stdout).toMatch(/unsolved no: all attempts refused/);
  const logs = await startCli(home, ['logs', `${id}/no`, '--attempt', '1']);
  expect(logs.exitCode).toBe(0);
  expect(logs.stdout).toMatch(
    // On a busy machine the clock ends the search before its heartbeats do.
    /Attempt 1: local\nSubmission\n {2}by\n {4}-- local search.*\n {4}sorry\nVerdict {2}incomplete/,
  );
  expect(logs.stdout).toMatch(/2 \| theorem no : 1 \+ 1 = 3 := by\n {4}\| +\^+/);
  const none = await startCli(home, ['logs', `${id}/no`, '--attempt', '999']);
  expect({ code: none.exitCode, out: none.stdout }).toEqual({ code: 1, out: '' });
  const retry = await startCli(home, ['retry', id]);
  expect({ code: retry.exitCode, told: retry.stderr }).toEqual({
    code: 1,
    told: expect.stringMatching(/proofloop: USAGE: .*no theorem that ended in an error/),
  });
});

test('a missing module is named with the reason, and nothing is written', async () => {
  const text = 'import Mathlib.Data.Nat.Pow\ntheorem t : 1 = 1 := sorry\n';
  const path = await write('mathlib.lean', text);
  const { exitCode, stderr } = await prove(['mathlib.lean', '--write']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Mathlib.Data.Nat.Pow');
  expect(stderr).toMatch(/lean setup/);
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a detached run goes on by itself, and attach brings its result', async () => {
  await write('later.lean', 'theorem t (a b c : Nat) : a + b + c = c + b + a := sorry\n');
  const detached = await prove(['later.lean', '--detach', '--json']);
  expect(detached.exitCode).toBe(0);
  const records = jsonLines(detached.stdout);
  expect(records.map((r) => r.type)).toEqual(['launch', 'done']);
  expect(records[1]).toMatchObject({ state: 'detached' });
  const attached = await startCli(home, ['attach', String(records[0]!.runId)]);
  expect(attached.exitCode).toBe(0);
  expect(attached.stdout).toMatch(/^theorem t \(a b c : Nat\) : a \+ b \+ c = c \+ b \+ a := by \w+/);
});
