import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, makeHome, startCli } from '../support/cli.ts';

let home: Home;
beforeAll(async () => {
  home = await makeHome();
});
afterAll(() => home.remove());

const run = (...args: string[]) => startCli(home, args);

/** Commands as `--help` lists them: an indented name, then its description. */
const listed = (help: string): string[] => [...help.matchAll(/^ {2}([a-z][a-z-]*)\b/gm)].map((m) => m[1]!);

test('the help lists the commands in groups, the exit codes and examples', async () => {
  const { stdout, stderr, exitCode } = await run('--help');
  expect(exitCode).toBe(0);
  expect(stderr).toBe('');
  for (const heading of ['Prove:', 'Runs:', 'Serve:', 'Set up:', 'Exit codes:', 'Examples:'])
    expect(stdout).toContain(heading);
  expect(listed(stdout)).toEqual(
    expect.arrayContaining(
      'demo prove bench check retry ls show logs open attach pause resume set cancel up worker doctor config cache clean lean lean-repl completion'.split(
        ' ',
      ),
    ),
  );
});

test('every command and subcommand has a help with examples', async () => {
  const names = listed((await run('--help')).stdout).filter((name) => name !== 'help');
  const help = async (path: string[]): Promise<void> => {
    const { stdout, stderr, exitCode } = await run(...path, '--help');
    expect({ path, exitCode, stderr }).toEqual({ path, exitCode: 0, stderr: '' });
    expect(stdout).toContain(`Usage: proofloop ${path.join(' ')}`);
    const below = stdout.includes('\nCommands:') ? listed(stdout.split('\nCommands:')[1]!) : [];
    if (below.length === 0)
      expect({ path, stdout }).toMatchObject({ stdout: expect.stringContaining('Examples:') });
    for (const name of below.filter((n) => n !== 'help')) await help([...path, name]);
  };
  // A few at a time: each is a process.
  for (let i = 0; i < names.length; i += 4)
    await Promise.all(names.slice(i, i + 4).map((name) => help([name])));
}, 300_000);

test('without a command the help goes to standard error and the exit code is 1', async () => {
  const { stdout, stderr, exitCode } = await run();
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toContain('Usage: proofloop');
});

test('the version is the one of the package', async () => {
  const { stdout, exitCode } = await run('--version');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
});

test.each(['bash', 'zsh', 'fish'])('the completion script of %s calls back into proofloop', async (shell) => {
  const { stdout, exitCode } = await run('completion', shell);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('proofloop complete --');
});

test.each([
  [['be'], ['bench'], 4],
  [['cache', ''], ['stats', 'prune', 'clear'], 4],
  [['bench', 'basic', '--dry'], ['--dry-run'], 4],
  [['bench', '--on-model-failure', ''], ['fail', 'local'], 4],
  [['completion', 'f'], ['fish'], 4],
  [['prove', 'Su'], [], 0],
  [['prove', '-o', 'fol'], [], 0],
  [['prove', '--theorem', 'x', ''], [], 0],
])('completing %j offers %j', async (words, expected, directive) => {
  const { stdout } = await run('complete', '--', ...words);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.pop()).toBe(`:${directive}`);
  const values = lines.map((line) => line.split('\t')[0]);
  expect(values).toEqual(expect.arrayContaining(expected));
  if (words.at(-1) !== '') for (const value of values) expect(value).toMatch(new RegExp(`^${words.at(-1)}`));
});
