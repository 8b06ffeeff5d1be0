import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import type { ConfigFlags } from '../../src/config/settings.ts';

let home: string;
let cwd: string;
let env: Record<string, string>;

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'proofloop-config-')));
  cwd = join(home, 'project');
  await mkdir(join(home, 'xdg', 'proofloop'), { recursive: true });
  await mkdir(cwd);
  env = { HOME: home, XDG_CONFIG_HOME: join(home, 'xdg') };
});
afterEach(() => rm(home, { recursive: true, force: true }));

const load = (flags: ConfigFlags = {}) => loadConfig({ flags, env, cwd });
const project = (text: string) => writeFile(join(cwd, 'proofloop.toml'), text);
const own = (text: string) => writeFile(join(home, 'xdg', 'proofloop', 'config.toml'), text);
const from = async (path: string, flags: ConfigFlags = {}) =>
  (await load(flags)).provenance.find((p) => p.path === path)?.from;

describe('defaults', () => {
  test('hold where nothing is said: embedded Lean, the local prover, one dollar, a slot and a lane a core', async () => {
    const { config, provenance } = await load();
    expect(config).toEqual({
      temporal: { address: null, namespace: 'default', profile: null, cli: null },
      dirs: {
        cache: join(home, '.cache/proofloop'),
        data: join(home, '.local/share/proofloop'),
        state: join(home, '.local/state/proofloop'),
        config: join(home, 'xdg/proofloop'),
      },
      store: join(home, '.local/share/proofloop/store.db'),
      lean: {
        profile: 'embedded',
        profiles: { embedded: { kind: 'embedded' } },
        slots: availableParallelism(),
        wallMs: 20_000,
        heartbeats: 200_000,
      },
      provers: {
        use: ['local'],
        profiles: {
          local: { kind: 'local' },
          gemini: expect.objectContaining({ kind: 'gemini', apiKeyEnv: null }),
        },
      },
      prices: [],
      run: {
        lanes: availableParallelism(),
        samples: 1,
        maxRounds: 4,
        maxCostUsd: 1,
        timeoutMs: null,
        llmConcurrency: 8,
        onModelFailure: 'fail',
      },
    });
    expect(new Set(provenance.map((p) => p.from))).toEqual(new Set(['default', 'XDG_CONFIG_HOME']));
  });

  test('follow the XDG variables, of which relative ones do not count', async () => {
    env = {
      ...env,
      XDG_CACHE_HOME: join(home, 'c'),
      XDG_DATA_HOME: join(home, 'd'),
      XDG_STATE_HOME: 'relative',
    };
    const { config } = await load();
    expect(config.dirs.cache).toBe(join(home, 'c/proofloop'));
    expect(config.dirs.state).toBe(join(home, '.local/state/proofloop'));
    expect(config.store).toBe(join(home, 'd/proofloop/store.db'));
    expect(await from('dirs.cache')).toBe('XDG_CACHE_HOME');
    expect(await from('dirs.state')).toBe('default');
  });

  test('put the store into a data folder that was named', async () => {
    env.PROOFLOOP_DIRS_DATA = join(home, 'elsewhere');
    expect((await load()).config.store).toBe(join(home, 'elsewhere', 'store.db'));
  });
});

describe('precedence', () => {
  test('a flag beats the environment, that the project file, that the own file, that the default', async () => {
    const slots = async (flags: ConfigFlags = {}) => [
      (await load(flags)).config.lean.slots,
      await from('lean.slots', flags),
    ];
    await own('[lean]\nslots = 11\n');
    expect(await slots()).toEqual([11, join(home, 'xdg/proofloop/config.toml')]);
    await project('[lean]\nslots = 12\n');
    expect(await slots()).toEqual([12, join(cwd, 'proofloop.toml')]);
    env.PROOFLOOP_LEAN_SLOTS = '13';
    expect(await slots()).toEqual([13, 'PROOFLOOP_LEAN_SLOTS']);
    expect(await slots({ slots: '14' })).toEqual([14, '--slots']);
  });

  test('a variable that is empty counts as not set', async () => {
    env.PROOFLOOP_RUN_SAMPLES = '';
    expect((await load()).config.run.samples).toBe(1);
  });

  test('files are laid over each other key by key, profiles as a whole', async () => {
    await own(
      '[run]\nsamples = 3\nmax_rounds = 7\n[provers.mine]\nkind = "gemini"\nmodel = "a"\ntimeout = "1m"\n',
    );
    await project('[run]\nsamples = 5\n[provers.mine]\nkind = "gemini"\nmodel = "b"\n');
    const { config } = await load();
    expect(config.run).toMatchObject({ samples: 5, maxRounds: 7 });
    expect(config.provers.profiles.mine).toMatchObject({ model: 'b', timeoutMs: 300_000 });
    expect(await from('provers.profiles.mine.model')).toBe(join(cwd, 'proofloop.toml'));
  });

  test('a bad value is refused also where a stronger one hides it', async () => {
    await project('[lean]\nslots = "many"\n');
    await expect(load({ slots: '2' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  test("Temporal's own variables are taken over and named, behind ours", async () => {
    env = { ...env, TEMPORAL_ADDRESS: 'host:7233', TEMPORAL_NAMESPACE: 'prod', TEMPORAL_PROFILE: 'cloud' };
    expect((await load()).config.temporal).toEqual({
      address: 'host:7233',
      namespace: 'prod',
      profile: 'cloud',
      cli: null,
    });
    expect(await from('temporal.address')).toBe('TEMPORAL_ADDRESS');
    env.PROOFLOOP_TEMPORAL_ADDRESS = 'other:7233';
    expect((await load()).config.temporal.address).toBe('other:7233');
  });

  test('--config names the project file, and it has to be there', async () => {
    await project('[run]\nsamples = 2\n');
    await writeFile(join(home, 'other.toml'), '[run]\nsamples = 9\n');
    expect((await load({ config: '../other.toml' })).config.run.samples).toBe(9);
    env.PROOFLOOP_CONFIG = join(home, 'other.toml');
    expect((await load()).config.run.samples).toBe(9);
    await expect(load({ config: 'missing.toml' })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining(join(cwd, 'missing.toml')),
    });
  });
});

describe('values', () => {
  test.each<[ConfigFlags, (c: Awaited<ReturnType<typeof load>>['config']) => unknown, unknown]>([
    [{ maxCost: '$2.50' }, (c) => c.run.maxCostUsd, 2.5],
    [{ maxCost: 'none' }, (c) => c.run.maxCostUsd, null],
    [{ maxCost: '0' }, (c) => c.run.maxCostUsd, 0],
    [{ timeout: '90' }, (c) => c.run.timeoutMs, 90_000],
    [{ timeout: '1.5m' }, (c) => c.run.timeoutMs, 90_000],
    [{ timeout: '250ms' }, (c) => c.run.timeoutMs, 250],
    [{ timeout: '2h' }, (c) => c.run.timeoutMs, 7_200_000],
    [{ checkTimeout: '5s' }, (c) => c.lean.wallMs, 5000],
    [{ heartbeats: '0' }, (c) => c.lean.heartbeats, 0],
    [{ provers: 'local, gemini' }, (c) => c.provers.use, ['local', 'gemini']],
    [{ provers: 'gemini:a-model' }, (c) => c.provers.use, ['gemini:a-model']],
    [{ jobs: 3 }, (c) => c.run.lanes, 3],
    [{ onModelFailure: 'local' }, (c) => c.run.onModelFailure, 'local'],
  ])('the flags %j are understood', async (flags, read, expected) => {
    expect(read((await load(flags)).config)).toEqual(expected);
  });

  test('flags of a command that are no configuration are left alone', async () => {
    await expect(load({ json: true, limit: 3 } as ConfigFlags)).resolves.toBeDefined();
  });

  test('paths are meant from their file, or from the working folder', async () => {
    await own('store = "mine.db"\n');
    expect((await load()).config.store).toBe(join(home, 'xdg/proofloop/mine.db'));
    expect((await load({ store: 'flag.db' })).config.store).toBe(join(cwd, 'flag.db'));
    env.PROOFLOOP_STORE = '../env.db';
    expect((await load()).config.store).toBe(join(home, 'env.db'));
  });

  test('the whole configuration is frozen', async () => {
    const { config } = await load();
    expect(() => {
      (config.run as { lanes: number }).lanes = 99;
    }).toThrow(TypeError);
    expect(Object.isFrozen(config.provers.profiles.gemini)).toBe(true);
  });

  test.each<[ConfigFlags, string[]]>([
    [{ slots: '0' }, ['--slots', '"0"', '1 or more']],
    [{ slots: '1.5' }, ['--slots', '"1.5"']],
    [{ maxRounds: 'x' }, ['--max-rounds', '"x"']],
    [{ maxCost: '-1' }, ['--max-cost', '"-1"', 'none']],
    [{ timeout: '0' }, ['--timeout', '"0"']],
    [{ timeout: 'soon' }, ['--timeout', '"soon"', '10m']],
    [{ provers: ' , ' }, ['--provers']],
    [{ onModelFailure: 'retry' }, ['--on-model-failure', '"retry"', '"fail" or "local"']],
    [{ store: '~/x.db' }, ['--store', '"~/x.db"']],
    [{ leanCwd: 'somewhere' }, ['--lean-cwd', '--lean-command']],
    [{ leanCommand: 'repl', leanProfile: 'embedded' }, ['--lean-profile', '--lean-command']],
    [{ leanProfile: 'embeded' }, ['"embeded"', 'did you mean "embedded"']],
  ])('the flags %j are refused by name and value', async (flags, words) => {
    const error = await load(flags).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    for (const word of words) expect((error as Error).message).toContain(word);
  });

  test('a prover that has no profile is refused before anything is asked', async () => {
    await expect(load({ provers: 'local,gemni' })).rejects.toMatchObject({
      code: 'PROVER_UNKNOWN',
      message: expect.stringMatching(/"gemni".*--provers; known: local, gemini.*did you mean "gemini"/s),
    });
  });
});

describe('files', () => {
  test.each([
    ['[lean]\nslot = 2\n', ['"lean.slot"', 'did you mean "lean.slots"']],
    ['slots = 2\n', ['"slots"']],
    ['[run.more]\nx = 1\n', ['"run.more"']],
    ['[lean]\nslots = "many"\n', ['"lean.slots"', '"many"']],
    ['lean = 3\n', ['"lean"', '3']],
    ['[provers.mine]\nmodel = "x"\n', ['provers.mine', 'kind']],
    ['[provers.mine]\nkind = "openai"\n', ['provers.mine.kind', '"openai"']],
    ['[provers.mine]\nkind = "gemini"\nmodle = "x"\n', ['"provers.mine.modle"']],
    ['[provers.mine]\nkind = "gemini"\nbase_url = "ftp://x"\n', ['provers.mine.base_url', '"ftp://x"']],
    ['[lean.profiles.native]\nkind = "command"\n', ['lean.profiles.native.command']],
    ['[lean.profiles]\nnative = 1\n', ['lean.profiles.native', '1']],
    ['[[prices]]\nmodel = "m"\ninput = "1"\noutput = 2\n', ['prices.0.input', '"1"']],
    ['[[prices]]\nmodel = "m"\ninput = 1\noutput = 2\nfrom = "soon"\n', ['prices.0.from', '"soon"']],
    ['prices = 1\n', ['"prices"', '1']],
    ['[lean\n', ['line 1']],
  ])('%j is refused with the file, the key and the value', async (text, words) => {
    await project(text);
    const error = await load().catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    for (const word of [join(cwd, 'proofloop.toml'), ...words])
      expect((error as Error).message).toContain(word);
  });

  test('a variable of ours that nothing reads is refused, with the near name', async () => {
    env.PROOFLOOP_LEAN_SLOT = '3';
    await expect(load()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/"PROOFLOOP_LEAN_SLOT".*did you mean "PROOFLOOP_LEAN_SLOTS"/),
    });
  });

  test('a file that is no UTF-8 text is refused by name', async () => {
    await writeFile(join(cwd, 'proofloop.toml'), Buffer.from([0x61, 0xff, 0xfe]));
    await expect(load()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test("prices are read with their dates, the project's before the own ones", async () => {
    await own('[[prices]]\nmodel = "m"\ninput = 1\noutput = 2\n');
    await project(
      '[[prices]]\nmodel = "m"\ninput = 0.5\ncached_input = 0.05\noutput = 1\nfrom = 2026-01-01\nto = "2027-01-01"\n',
    );
    expect((await load()).config.prices).toEqual([
      { model: 'm', input: 0.5, cachedInput: 0.05, output: 1, from: '2026-01-01', to: '2027-01-01' },
      { model: 'm', input: 1, cachedInput: 1, output: 2, from: '1970-01-01', to: null },
    ]);
  });

  test('the example at the root loads and shows the defaults', async () => {
    const file = fileURLToPath(new URL('../../proofloop.example.toml', import.meta.url));
    const plain = (await load()).config;
    const { config } = await load({ config: file });
    expect({
      ...config,
      lean: { ...config.lean, profiles: {} },
      provers: { ...config.provers, profiles: {} },
    }).toEqual({
      ...plain,
      lean: { ...plain.lean, profiles: {} },
      provers: { ...plain.provers, profiles: {} },
    });
    expect(config.provers.profiles.gemini).toEqual(plain.provers.profiles.gemini);
    expect(config.lean.profiles.mathlib).toMatchObject({ kind: 'command', command: ['lake', 'exe', 'repl'] });
  });

  test('each key that the example names in a comment is a key that loads', async () => {
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(new URL('../../proofloop.example.toml', import.meta.url), 'utf8');
    const all = text.replaceAll(/^# (?=\[\[|[a-z_]+ = )/gm, '');
    expect(all).not.toBe(text);
    await project(all);
    const { config } = await load();
    expect(config.store).toBe(join(cwd, 'store.db'));
    expect(config.prices).toHaveLength(1);
    expect(config.provers.profiles.vertex).toMatchObject({ vertex: true, project: 'my-project' });
  });
});

describe('Lean by command', () => {
  test('--lean-command makes and chooses a profile of its own', async () => {
    const { config, provenance } = await load({
      leanCommand: 'lake exe my\\ repl',
      leanCwd: 'math',
      allowUnsandboxed: true,
    });
    expect(config.lean.profile).toBe('command-line');
    expect(config.lean.profiles['command-line']).toEqual({
      kind: 'command',
      command: ['lake', 'exe', 'my repl'],
      cwd: join(cwd, 'math'),
      env: {},
      allowUnsandboxed: true,
    });
    expect(provenance.find((p) => p.path === 'lean.profile')?.from).toBe('--lean-command');
  });

  test('a stronger --lean-profile beats a command from the environment', async () => {
    env.PROOFLOOP_LEAN_COMMAND = 'lake exe repl';
    expect((await load()).config.lean.profile).toBe('command-line');
    expect((await load({ leanProfile: 'embedded' })).config.lean.profile).toBe('embedded');
  });

  test('--allow-unsandboxed opens the chosen command profile, and only that', async () => {
    await project(
      '[lean]\nprofile = "a"\n[lean.profiles.a]\nkind = "command"\ncommand = "x"\n[lean.profiles.b]\nkind = "command"\ncommand = "y"\n',
    );
    expect((await load()).config.lean.profiles.a).toMatchObject({ cwd, allowUnsandboxed: false });
    const { profiles } = (await load({ allowUnsandboxed: true })).config.lean;
    expect(profiles.a).toMatchObject({ allowUnsandboxed: true });
    expect(profiles.b).toMatchObject({ allowUnsandboxed: false });
  });
});

describe('secrets', () => {
  test('are in no line of the provenance: passwords in addresses, values of environment tables', async () => {
    await project(
      [
        '[provers.mine]',
        'kind = "gemini"',
        'api_key_env = "MY_KEY"',
        'base_url = "https://user:hunter2@gateway.example/v1?key=hunter3"',
        '[lean.profiles.native]',
        'kind = "command"',
        'command = ["repl"]',
        'env = { ANYTHING = "hunter4" }',
      ].join('\n'),
    );
    const { config, provenance } = await load();
    expect(JSON.stringify(config)).toContain('hunter2');
    const shown = JSON.stringify(provenance);
    for (const secret of ['hunter2', 'hunter3', 'hunter4']) expect(shown).not.toContain(secret);
    expect(shown).toContain('gateway.example');
    expect(shown).toContain('"MY_KEY"');
    expect(shown).toContain('32768');
  });

  test('a key put into a file is refused without being repeated', async () => {
    await project('[provers.gemini]\nkind = "gemini"\napi_key = "hunter2"\n');
    const error = (await load().catch((e: Error) => e)) as Error;
    expect(error.message).toContain('"provers.gemini.api_key"');
    expect(error.message).toContain('api_key_env');
    expect(error.message).not.toContain('hunter2');
  });
});
