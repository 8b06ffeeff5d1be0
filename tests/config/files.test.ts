import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { SETTINGS } from '../../src/config/settings.ts';
import { load, own, project, site, trust } from './site.ts';

describe('files', () => {
  test.each([
    ['[lean]\nslot = 2\n', ['"lean.slot"', 'did you mean "lean.slots"']],
    ['slots = 2\n', ['"slots"']],
    ['[run.more]\nx = 1\n', ['"run.more"']],
    ['[lean]\nslots = "many"\n', ['"lean.slots"', '"many"']],
    ['lean = 3\n', ['"lean"', '3']],
    ['[provers.mine]\nmodel = "x"\n', ['provers.mine', 'kind']],
    ['[provers.mine]\nkind = "oracle"\n', ['provers.mine.kind', '"oracle"']],
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
    for (const word of [join(site.cwd, 'proofloop.toml'), ...words])
      expect((error as Error).message).toContain(word);
  });

  test('a variable of ours that nothing reads is refused, with the near name', async () => {
    site.env.PROOFLOOP_LEAN_SLOT = '3';
    await expect(load()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/"PROOFLOOP_LEAN_SLOT".*did you mean "PROOFLOOP_LEAN_SLOTS"/),
    });
  });

  test('a file that is no UTF-8 text is refused by name', async () => {
    await writeFile(join(site.cwd, 'proofloop.toml'), Buffer.from([0x61, 0xff, 0xfe]));
    await expect(load()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test("prices are read with their dates, the project's before the own ones", async () => {
    await own('[[prices]]\nmodel = "m"\ninput = 1\noutput = 2\n');
    await project(
      '[[prices]]\nmodel = "m"\ninput = 0.5\ncached_input = 0.05\noutput = 1\nfrom = 2026-01-01\nto = "2027-01-01"\n',
    );
    await trust();
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

  test.each(SETTINGS.map((s) => s.key))('the example names the key %s', async (key) => {
    const text = await readFile(new URL('../../proofloop.example.toml', import.meta.url), 'utf8');
    const [section, name] = key.includes('.') ? key.split('.') : ['', key];
    const part = section === '' ? text : text.slice(text.indexOf(`[${section}]`));
    expect(part).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test('each key that the example names in a comment is a key that loads', async () => {
    const text = await readFile(new URL('../../proofloop.example.toml', import.meta.url), 'utf8');
    const all = text.replaceAll(/^# (?=\[\[|[a-z_]+ = )/gm, '');
    expect(all).not.toBe(text);
    await project(all);
    const { config } = await load({ config: join(site.cwd, 'proofloop.toml') });
    expect(config.store).toBe(join(site.cwd, 'store.db'));
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
      cwd: join(site.cwd, 'math'),
      env: {},
      allowUnsandboxed: true,
    });
    expect(provenance.find((p) => p.path === 'lean.profile')?.from).toBe('--lean-command');
  });

  test('a stronger --lean-profile beats a command from the environment', async () => {
    site.env.PROOFLOOP_LEAN_COMMAND = 'lake exe repl';
    expect((await load()).config.lean.profile).toBe('command-line');
    expect((await load({ leanProfile: 'embedded' })).config.lean.profile).toBe('embedded');
  });

  test('--allow-unsandboxed opens the chosen command profile, and only that', async () => {
    await project(
      '[lean]\nprofile = "a"\n[lean.profiles.a]\nkind = "command"\ncommand = "x"\n[lean.profiles.b]\nkind = "command"\ncommand = "y"\n',
    );
    await trust();
    expect((await load()).config.lean.profiles.a).toMatchObject({ cwd: site.cwd, allowUnsandboxed: false });
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
    await trust();
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
