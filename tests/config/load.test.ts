import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ConfigFlags } from '../../src/config/settings.ts';
import { from, load, own, project, site } from './site.ts';

describe('defaults', () => {
  test('hold where nothing is said: embedded Lean, the local prover, one dollar, a slot and a lane a core', async () => {
    const { config, provenance } = await load();
    expect(config).toEqual({
      temporal: { address: null, namespace: 'default', profile: null, cli: null },
      dirs: {
        cache: join(site.home, '.cache/proofloop'),
        data: join(site.home, '.local/share/proofloop'),
        state: join(site.home, '.local/state/proofloop'),
        config: join(site.home, 'xdg/proofloop'),
      },
      store: join(site.home, '.local/share/proofloop/store.db'),
      lean: {
        profile: 'embedded',
        profiles: { embedded: { kind: 'embedded' } },
        slots: availableParallelism(),
        maxLoad: 0.8,
        spare: null,
        wallMs: 20_000,
        heartbeats: 200_000,
        memoryMiB: 2_048,
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
        maxSamples: null,
        maxTokens: null,
        theoremMaxCostUsd: null,
        maxCostUsd: 1,
        runMaxTokens: null,
        runTimeoutMs: null,
        timeoutMs: null,
        order: null,
        withinMs: null,
        llmConcurrency: 8,
        rpm: null,
        batch: false,
        batchPollMs: 60_000,
        batchWaitMs: 26 * 3_600_000,
        batchLingerMs: 60_000,
        onModelFailure: 'fail',
        lemmas: 24,
        race: false,
        exhaust: false,
        sketches: 0,
        sketchDepth: 1,
        refute: true,
        prompt: null,
        seed: null,
      },
      serve: expect.objectContaining({ host: '127.0.0.1', port: 8_000 }),
    });
    expect(new Set(provenance.map((p) => p.from))).toEqual(new Set(['default', 'XDG_CONFIG_HOME']));
  });

  test('follow the XDG variables, of which relative ones do not count', async () => {
    site.env = {
      ...site.env,
      XDG_CACHE_HOME: join(site.home, 'c'),
      XDG_DATA_HOME: join(site.home, 'd'),
      XDG_STATE_HOME: 'relative',
    };
    const { config } = await load();
    expect(config.dirs.cache).toBe(join(site.home, 'c/proofloop'));
    expect(config.dirs.state).toBe(join(site.home, '.local/state/proofloop'));
    expect(config.store).toBe(join(site.home, 'd/proofloop/store.db'));
    expect(await from('dirs.cache')).toBe('XDG_CACHE_HOME');
    expect(await from('dirs.state')).toBe('default');
  });

  test('put the store into a data folder that was named', async () => {
    site.env.PROOFLOOP_DIRS_DATA = join(site.home, 'elsewhere');
    expect((await load()).config.store).toBe(join(site.home, 'elsewhere', 'store.db'));
  });
});

describe('precedence', () => {
  test('a flag beats the environment, that the project file, that the own file, that the default', async () => {
    const slots = async (flags: ConfigFlags = {}) => [
      (await load(flags)).config.lean.slots,
      await from('lean.slots', flags),
    ];
    await own('[lean]\nslots = 11\n');
    expect(await slots()).toEqual([11, join(site.home, 'xdg/proofloop/config.toml')]);
    await project('[lean]\nslots = 12\n');
    expect(await slots()).toEqual([12, join(site.cwd, 'proofloop.toml')]);
    site.env.PROOFLOOP_LEAN_SLOTS = '13';
    expect(await slots()).toEqual([13, 'PROOFLOOP_LEAN_SLOTS']);
    expect(await slots({ slots: '14' })).toEqual([14, '--slots']);
  });

  test('a variable that is empty counts as not set', async () => {
    site.env.PROOFLOOP_RUN_SAMPLES = '';
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
    expect(await from('provers.profiles.mine.model')).toBe(join(site.cwd, 'proofloop.toml'));
  });

  test('a bad value is refused also where a stronger one hides it', async () => {
    await project('[lean]\nslots = "many"\n');
    await expect(load({ slots: '2' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });

  test("Temporal's own variables are taken over and named, behind ours", async () => {
    site.env = {
      ...site.env,
      TEMPORAL_ADDRESS: 'host:7233',
      TEMPORAL_NAMESPACE: 'prod',
      TEMPORAL_PROFILE: 'cloud',
    };
    expect((await load()).config.temporal).toEqual({
      address: 'host:7233',
      namespace: 'prod',
      profile: 'cloud',
      cli: null,
    });
    expect(await from('temporal.address')).toBe('TEMPORAL_ADDRESS');
    site.env.PROOFLOOP_TEMPORAL_ADDRESS = 'other:7233';
    expect((await load()).config.temporal.address).toBe('other:7233');
  });

  test('--config names the project file, and it has to be there', async () => {
    await project('[run]\nsamples = 2\n');
    await writeFile(join(site.home, 'other.toml'), '[run]\nsamples = 9\n');
    expect((await load({ config: '../other.toml' })).config.run.samples).toBe(9);
    site.env.PROOFLOOP_CONFIG = join(site.home, 'other.toml');
    expect((await load()).config.run.samples).toBe(9);
    await expect(load({ config: 'missing.toml' })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining(join(site.cwd, 'missing.toml')),
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
    [{ prompt: 'plan', seed: '7' }, (c) => [c.run.prompt, c.run.seed], ['plan', 7]],
    [{ prompt: 'adaptive' }, (c) => c.run.prompt, null],
  ])('the flags %j are understood', async (flags, read, expected) => {
    expect(read((await load(flags)).config)).toEqual(expected);
  });

  test('flags of a command that are no configuration are left alone', async () => {
    await expect(load({ json: true, limit: 3 } as ConfigFlags)).resolves.toBeDefined();
  });

  test('paths are meant from their file, or from the working folder', async () => {
    await own('store = "mine.db"\n');
    expect((await load()).config.store).toBe(join(site.home, 'xdg/proofloop/mine.db'));
    expect((await load({ store: 'flag.db' })).config.store).toBe(join(site.cwd, 'flag.db'));
    site.env.PROOFLOOP_STORE = '../env.db';
    expect((await load()).config.store).toBe(join(site.home, 'env.db'));
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
    [{ prompt: 'long' }, ['--prompt', '"long"', 'short, code, steps, plan']],
    [{ seed: '-1' }, ['--seed', 'whole number']],
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
