import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
beforeAll(async () => {
  home = await makeHome();
  await mkdir(join(home.dir, 'folder'));
  await writeFile(join(home.dir, 'proved.lean'), 'theorem t : True := trivial\n');
  await writeFile(join(home.dir, 'def.lean'), 'def x : Nat := sorry\n');
  await writeFile(join(home.dir, 'one.lean'), 'theorem t : True := sorry\n');
  await writeFile(join(home.dir, 'binary.lean'), Buffer.from([0xc3, 0x28]));
  await writeFile(join(home.dir, 'broken.jsonl'), '{"id": "a"\n');
  await run(['ls']); // Makes the store, so that `clean` has something to ask for.
});
afterAll(() => home.remove());

const run = (args: readonly string[], env: Record<string, string> = {}) => startCli(home, args, { env });

test.each<[string[], string, RegExp]>([
  [['proove'], 'USAGE', /unknown command 'proove' \(Did you mean prove\?\)/],
  [['prove'], 'USAGE', /missing required argument 'file'/],
  [['prove', 'one.lean', '--wirte'], 'USAGE', /unknown option '--wirte' \(Did you mean --write\?\)/],
  [['prove', 'one.lean', '--write', '--detach'], 'USAGE', /cannot be used with option/],
  [['bench', 'basic', '--limit', 'x'], 'USAGE', /--limit.*whole number/],
  [['bench', 'basic', '--pattern', '('], 'USAGE', /--pattern/],
  [['bench', 'basic', '--on-model-failure', 'x'], 'USAGE', /Allowed choices are fail, local/],
  [['bench', 'basic', '--jobs', '0'], 'CONFIG_INVALID', /--jobs is "0"/],
  [['bench', 'basic', '--max-cost', 'lots'], 'CONFIG_INVALID', /--max-cost is "lots"/],
  [['bench', 'basic', '--provers', 'nobody'], 'PROVER_UNKNOWN', /nobody/],
  [['bench', 'basik'], 'SUITE_NOT_FOUND', /basik.*basic/],
  [['bench', 'broken.jsonl'], 'SUITE_INVALID', /broken\.jsonl/],
  [['bench', 'basic', '--id', 'gauss_sun'], 'THEOREM_NOT_FOUND', /did you mean 'gauss_sum'/],
  [['bench', 'basic', '--pattern', 'zzz'], 'THEOREM_NOT_FOUND', /zzz/],
  [['prove', 'nowhere.lean'], 'FILE_NOT_FOUND', /nowhere\.lean/],
  [['prove', 'folder'], 'FILE_UNREADABLE', /folder is a folder/],
  [['prove', 'binary.lean'], 'FILE_UNREADABLE', /binary\.lean is not UTF-8/],
  [['prove', 'proved.lean'], 'NO_TARGET', /proved\.lean/],
  [['prove', 'one.lean', '--theorem', 'u'], 'THEOREM_NOT_FOUND', /u/],
  [['prove', '-', '--write'], 'USAGE', /--write needs a file/],
  [['prove', 'one.lean', '-o', 'proved.lean'], 'FILE_NOT_WRITTEN', /proved\.lean/],
  [['check', 'one.lean'], 'USAGE', /'one\.lean' needs a submission/],
  [['check', '-', '-'], 'USAGE', /standard input/],
  [['check', 'nowhere.lean', 'one.lean'], 'FILE_NOT_FOUND', /nowhere\.lean/],
  [['check', 'one.lean', 'binary.lean'], 'FILE_UNREADABLE', /binary\.lean is not UTF-8/],
  [['check', 'proved.lean', 'one.lean'], 'NO_TARGET', /proved\.lean has no theorem/],
  [['check', 'one.lean', 'one.lean', '--timeout', 'soon'], 'CONFIG_INVALID', /soon/],
  [['show', 'nothing'], 'RUN_NOT_FOUND', /no run 'nothing'/],
  [['logs', 'nothing/t'], 'RUN_NOT_FOUND', /nothing/],
  [['attach', 'nothing'], 'RUN_NOT_FOUND', /nothing/],
  [['set', 'nothing', 'speed=9'], 'USAGE', /'speed=9' is no change/],
  [['cache', 'prune', '--older-than', 'ages'], 'USAGE', /days or weeks/],
  [['completion', 'ksh'], 'USAGE', /Allowed choices are bash, zsh, fish/],
  [['clean', '--data'], 'USAGE', /nobody can be asked/],
])('%j is refused with %s in one clear line and what to do', async (args, code, message) => {
  const { stdout, stderr, exitCode } = await run(args);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  const lines = stderr.split('\n').filter((line) => line !== '');
  const [told, fix] = lines.slice(-2);
  expect(told).toMatch(new RegExp(`^proofloop: ${code}: `));
  expect(told).toMatch(message);
  expect(fix).toMatch(/^ {2}\S/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('the stack is printed only on --verbose', async () => {
  const { stderr } = await run(['--verbose', 'show', 'nothing']);
  expect(stderr).toMatch(/\n\s+at /);
});

test('what is skipped in a file is told with its line and reason', async () => {
  const { stderr, exitCode } = await run(['prove', 'def.lean']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^def\.lean:1: skipped x: .*def/);
});

test('a money limit that cannot be kept is refused before anything is started', async () => {
  const args = ['bench', 'basic', '--provers', 'gemini:gemini-0.0-unpriced'];
  const refused = await run([...args, '--max-cost', '1']);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^proofloop: PRICE_UNKNOWN: .*gemini-0\.0-unpriced/);
  expect(refused.stderr).not.toContain('Temporal');
  const unlimited = await run([...args, '--max-cost', 'none', '--dry-run']);
  expect(unlimited.exitCode).toBe(0);
  expect(unlimited.stdout).toContain('price unknown; no money limit');
});

test('a dry run tells order, calls and the most that it can cost, and starts nothing', async () => {
  const args = [
    'bench',
    'basic',
    '--limit',
    '3',
    '--samples',
    '2',
    '--max-rounds',
    '5',
    '--dry-run',
    '--json',
  ];
  const { stdout, stderr, exitCode } = await run([...args, '--provers', 'local,gemini', '--max-cost', '0.5']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const records = jsonLines(stdout);
  expect(records.slice(0, 3).map((r) => [r.type, r.n])).toEqual([
    ['planned', 1],
    ['planned', 2],
    ['planned', 3],
  ]);
  expect(records[3]).toMatchObject({ type: 'plan', total: 3, calls: 30, usd: 0.5, limitUsd: 0.5 });
  expect(records[3]).toMatchObject({ order: 'longest-first', unknown: 3, forecast: null, leftOut: 0 });
  expect(records).toHaveLength(4);
});

test('without data a dry run says so, and orders by difficulty alone, whatever sets the policy', async () => {
  const rows = ['easy', 'hard', 'medium'].map((difficulty) =>
    JSON.stringify({
      id: difficulty,
      name: difficulty,
      statement: `theorem ${difficulty} : True`,
      difficulty,
    }),
  );
  await writeFile(join(home.dir, 'mixed.jsonl'), `${rows.join('\n')}\n`);
  const planned = async (args: readonly string[], env = {}) => {
    const { stdout } = await run(['bench', 'mixed.jsonl', '--dry-run', '--json', ...args], env);
    return jsonLines(stdout).flatMap((r) => (r.type === 'planned' ? [r.theoremId] : []));
  };
  expect(await planned([])).toEqual(['hard', 'medium', 'easy']);
  expect(await planned(['--within', '1s'])).toEqual(['easy', 'medium', 'hard']);
  expect(await planned(['--order', 'file'], { PROOFLOOP_RUN_ORDER: 'value' })).toEqual([
    'easy',
    'hard',
    'medium',
  ]);
  expect(await planned([], { PROOFLOOP_RUN_ORDER: 'easy-first' })).toEqual(['easy', 'medium', 'hard']);
  const { stdout, stderr } = await run(['bench', 'mixed.jsonl', '--dry-run']);
  expect(stdout).toMatch(/hard .* no data/);
  expect(stdout).toContain('No data yet on these theorems: the order goes by difficulty alone.');
  expect(stderr).not.toContain('Temporal');
  const bad = await run(['bench', 'mixed.jsonl', '--dry-run', '--order', 'random']);
  expect(bad.stderr).toMatch(/file, easy-first, longest-first, value/);
});

test('every value of the configuration is shown with where it comes from, and no key', async () => {
  const env = { PROOFLOOP_LEAN_SLOTS: '3', GEMINI_API_KEY: 'secret-key-material' };
  const { stdout } = await run(['config', 'show', '--json', '--max-cost', '2'], env);
  const records = jsonLines(stdout);
  expect(records).toContainEqual({ path: 'lean.slots', value: 3, from: 'PROOFLOOP_LEAN_SLOTS' });
  expect(records).toContainEqual({ path: 'run.maxCostUsd', value: 2, from: '--max-cost' });
  expect(records).toContainEqual({ path: 'run.maxRounds', value: 4, from: 'default' });
  expect(stdout).not.toContain('secret-key-material');
});

test('where a file that is not trusted chooses a prover, the configuration is shown without it, and that is said', async () => {
  const own = await makeHome();
  try {
    const lab = 'kind = "openai"\nmodel = "m"\nbase_url = "http://evil.example/v1"\n';
    await writeFile(join(own.dir, 'proofloop.toml'), `[provers]\nuse = ["lab"]\n[provers.lab]\n${lab}`);
    const { exitCode, stdout, stderr } = await startCli(own, ['config', 'show', '--json']);
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout)).toContainEqual({ path: 'provers.use', value: ['local'], from: 'default' });
    expect(stderr).toMatch(/PROFILE_UNTRUSTED: The prover "lab" names an address.*\n.*trust.*\nShown is/);
    const doctor = await startCli(own, ['doctor', '--json']);
    const findings = jsonLines(doctor.stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'configuration',
        status: 'fail',
        fix: expect.stringMatching(/trust/),
      }),
    );
    expect(findings.find((f) => f.check === 'lean')).toMatchObject({ status: 'ok' });
    expect(doctor.exitCode).toBe(1);
    // What is asked for by name and is not to be had is no configuration.
    const named = await startCli(own, ['config', 'show', '--provers', 'lab']);
    expect(named.exitCode).toBe(1);
    expect(named.stderr).toContain('PROFILE_UNTRUSTED');
  } finally {
    await own.remove();
  }
});

test('`clean` lists what lies on disk, and --data --yes removes it', async () => {
  const own = await makeHome();
  try {
    const clean = (...args: string[]) => startCli(own, ['clean', '--json', ...args]);
    await startCli(own, ['ls']);
    const data = (stdout: string) => jsonLines(stdout).filter((r) => r.kind === 'data');
    const listed = data((await clean()).stdout);
    expect(listed).toEqual([
      expect.objectContaining({ path: join(own.dir, 'data', 'proofloop'), removed: false }),
    ]);
    expect(Number(listed[0]!.size)).toBeGreaterThan(0);
    expect(data((await clean('--data', '--yes')).stdout)).toEqual([
      expect.objectContaining({ removed: true }),
    ]);
    expect(data((await clean()).stdout)).toEqual([]);
  } finally {
    await own.remove();
  }
});

test('colour is for terminals only, and FORCE_COLOR asks for it', async () => {
  const plain = await run(['config', 'show'], { NO_COLOR: '' });
  expect(plain.stdout).not.toContain('\u001b');
  const colourful = await run(['config', 'show'], { NO_COLOR: '', FORCE_COLOR: '1' });
  expect(colourful.stdout).toContain('\u001b[2m');
});
