import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createLeanService } from '../../../lean/index.ts';
import { type SetupOptions, setUpNativeLean } from '../../../lean/project/setup.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { FIXTURES, jobOf, proof } from '../repl/support.ts';
import { installPrograms } from './fixtures.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'proofloop-setup-'));
});
afterEach(() => rm(root, { recursive: true }));

const optionsFor = (path: string, over: Partial<SetupOptions> = {}): SetupOptions => ({
  projectDir: join(root, 'proofs'),
  profile: 'mathlib',
  configFile: join(root, 'config', 'config.toml'),
  replsDir: join(root, 'repls'),
  env: { PATH: path, HOME: root },
  apply: true,
  ...over,
});
const states = (reports: readonly { id: string; state: string }[]) =>
  reports.map(({ id, state }) => `${id} ${state}`);

test('from elan alone to a profile that proves, and a second run finds all in place', async () => {
  const programs = await installPrograms(root, ['elan', 'lake', 'git']);
  const seen: string[] = [];
  const first = await setUpNativeLean(optionsFor(programs.path, { onStep: ({ id }) => seen.push(id) }));
  expect(states(first)).toEqual([
    'elan ok',
    'project done',
    'toolchain done',
    'packages done',
    'mathlib-cache done',
    'repl-source done',
    'repl-build done',
    'imports ok',
    'profile done',
  ]);
  expect(seen).toEqual(first.map(({ id }) => id));
  expect(await programs.calls()).toEqual([
    'elan toolchain install leanprover/lean4:v4.28.0',
    'lake update',
    'lake exe cache get',
    `git clone --depth 1 --branch v4.28.0 https://github.com/leanprover-community/repl ${root}/repls/v4.28.0`,
    'lake build',
  ]);
  const lakefile = await readFile(join(root, 'proofs', 'lakefile.toml'), 'utf8');
  expect(lakefile).toContain('scope = "leanprover-community"');
  expect(lakefile).toContain('rev = "v4.28.0"');

  const second = await setUpNativeLean(optionsFor(programs.path));
  expect(new Set(second.map(({ state }) => state))).toEqual(new Set(['ok']));
  expect(await programs.calls()).toHaveLength(5);

  const before = process.env.PATH;
  // The sandbox hides /tmp, where a checkout may lie: what `repl` is made of is shown because PATH names it.
  process.env.PATH = [join(root, 'bin'), dirname(process.execPath), FIXTURES, before].join(':');
  const env = { XDG_CONFIG_HOME: root, HOME: root };
  const flags = {
    config: join(root, 'config', 'config.toml'),
    leanProfile: 'mathlib',
    allowUnsandboxed: true,
  };
  const { config } = await loadConfig({ flags, env, cwd: root });
  const lean = await createLeanService(config);
  expect(await lean.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
  expect(
    await lean.screen(jobOf({ header: 'import Mathlib.Algebra.Nat.Basic\n' }), proof('rfl')),
  ).toMatchObject({
    status: 'badHeader',
    missing: ['Mathlib.Algebra.Nat.Basic'],
    near: ['Mathlib.Data.Nat.Basic'],
  });
  await lean.close();
  process.env.PATH = before;
});

test('without --apply nothing is run, and the first missing thing comes with its command', async () => {
  const programs = await installPrograms(root, ['elan', 'lake', 'git']);
  const projectDir = join(root, 'my proofs');
  await mkdir(projectDir);
  await writeFile(join(projectDir, 'lakefile.toml'), 'name = "p"\n[[require]]\nname = "batteries"\n');
  await writeFile(join(projectDir, 'lean-toolchain'), 'leanprover/lean4:v4.30.0-rc2\n');
  const reports = await setUpNativeLean(optionsFor(programs.path, { projectDir, apply: false }));
  expect(reports.slice(0, 4)).toMatchObject([
    { id: 'elan', state: 'ok', command: null },
    { id: 'project', state: 'ok' },
    {
      id: 'toolchain',
      state: 'missing',
      command: `cd '${projectDir}' && elan toolchain install leanprover/lean4:v4.30.0-rc2`,
    },
    { id: 'packages', state: 'waiting' },
  ]);
  expect(await programs.calls()).toEqual([]);
});

test('where elan cannot be downloaded, that is what the report says', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const elanUrl = `http://127.0.0.1:${port}/elan-init.sh`;
  const reports = await setUpNativeLean(optionsFor('/usr/bin:/bin', { elanUrl }));
  expect(reports[0]).toMatchObject({
    state: 'failed',
    command: `curl -sSf ${elanUrl} | sh -s -- -y --default-toolchain none`,
  });
  expect(reports[0]?.detail).toMatch(/cannot be reached: .*ECONNREFUSED.*Install elan/su);
  expect(new Set(reports.slice(1).map(({ state }) => state))).toEqual(new Set(['waiting']));
});

test('elan’s own installer is run, and what it installs is found though PATH does not name it yet', async () => {
  const script = `mkdir -p "$HOME/.elan/bin"; printf '#!/bin/sh\\necho elan 4.1.2\\n' > "$HOME/.elan/bin/elan"; chmod +x "$HOME/.elan/bin/elan"`;
  const server = createServer((_request, response) => response.end(script));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const elanUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/elan-init.sh`;
  const [elan] = await setUpNativeLean(optionsFor('/usr/bin:/bin', { elanUrl }));
  expect(elan).toMatchObject({ state: 'done', detail: 'elan 4.1.2' });
  server.close();
});

test('a toolchain that cannot be downloaded fails with what elan said', async () => {
  const programs = await installPrograms(root, ['elan', 'lake', 'git']);
  await writeFile(join(root, 'offline'), '');
  const lines: string[] = [];
  const reports = await setUpNativeLean(optionsFor(programs.path, { onLine: (line) => lines.push(line) }));
  expect(reports[2]).toMatchObject({ state: 'failed', detail: 'error: could not download file' });
  expect(lines).toEqual(['error: could not download file']);
});

test('a toolchain that has no release of the repl blocks with the reason', async () => {
  const programs = await installPrograms(root, ['elan', 'lake', 'git']);
  const options = optionsFor(programs.path, {
    toolchain: 'leanprover/lean4:nightly-2026-11-20',
    imports: [],
  });
  const reports = await setUpNativeLean(options);
  expect(reports.find(({ id }) => id === 'repl-source')).toMatchObject({
    state: 'blocked',
    detail: expect.stringContaining('nightly-2026-11-20'),
  });
});

test('what the configuration file says already stays byte for byte, and another profile of the name is not touched', async () => {
  const programs = await installPrograms(root, ['elan', 'lake', 'git']);
  const configFile = join(root, 'mine.toml');
  const mine = '# my notes\n[lean]\nslots = 2 # two';
  await writeFile(configFile, mine);
  await setUpNativeLean(optionsFor(programs.path, { configFile }));
  const text = await readFile(configFile, 'utf8');
  expect(text.startsWith(`${mine}\n\n[lean.profiles.mathlib]\n`)).toBe(true);

  await writeFile(configFile, '[lean.profiles.mathlib]\nkind = "command"\ncommand = ["mine"]\ncwd = "."\n');
  const [profile] = (await setUpNativeLean(optionsFor(programs.path, { configFile }))).slice(-1);
  expect(profile).toMatchObject({
    state: 'blocked',
    detail: expect.stringContaining('another profile mathlib'),
  });
  expect(await readFile(configFile, 'utf8')).toContain('["mine"]');
});
