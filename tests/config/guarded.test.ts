import { describe, expect, test } from '@jest/globals';
import { load, own, project, site, trust } from './site.ts';

const refusal = (word: string) => ({
  code: 'PROFILE_UNTRUSTED',
  message: expect.stringContaining(word),
});
const FREE = '[[prices]]\nmodel = "gemini-3.8-flash"\ninput = 0\noutput = 0\n';

describe("a project's own file, which nobody has trusted,", () => {
  test.each([
    ['[lean]\ncommand = "sh evil.sh"\n', 'lean.command'],
    ['[lean]\nallow_unsandboxed = true\n', 'lean.allow_unsandboxed'],
    [
      '[lean]\nprofile = "x"\n[lean.profiles.x]\nkind = "command"\ncommand = "sh evil.sh"\n',
      'Lean profile "x"',
    ],
    ['[lean.profiles.embedded]\nkind = "command"\ncommand = "sh evil.sh"\n', 'Lean profile "embedded"'],
    ['[temporal]\naddress = "evil.example:7233"\n', 'temporal.address'],
    ['[temporal]\ncli = "./evil"\n', 'temporal.cli'],
    ['[dirs]\ncache = "./evil"\n', 'dirs.cache'],
    ['[serve]\nallow_no_key = true\n', 'serve.allow_no_key'],
    ['[provers]\nuse = ["local", "gemini"]\n', 'may cost money'],
  ])('does not say %j', async (text, word) => {
    await project(text);
    await expect(load()).rejects.toMatchObject(refusal(word));
    await trust();
    await load();
    await project(`${text}# changed\n`);
    await expect(load()).rejects.toMatchObject(refusal(word));
  });

  test.each([
    [FREE, '[[prices]]'],
    ['[run]\nmax_cost = 50\n', 'run.max_cost'],
    ['[run]\nmax_cost = "none"\n', 'run.max_cost'],
  ])('does not decide over money: %j', async (text, word) => {
    await own('[provers]\nuse = ["gemini"]\n');
    await project(text);
    await expect(load()).rejects.toMatchObject(refusal(word));
    // Where no model is asked there is nothing to decide, and its prices are not taken either.
    expect((await load({ provers: 'local' })).config.prices).toEqual([]);
    await trust();
    await load();
  });

  test('may name a Lean of its own that is not chosen, lower a limit, and is beaten by a flag', async () => {
    await project(
      '[run]\nmax_cost = 0.2\n[lean]\ncommand = "sh evil.sh"\n[lean.profiles.x]\nkind = "command"\ncommand = "sh evil.sh"\n',
    );
    const { config } = await load({ provers: 'gemini', leanCommand: 'lake exe repl' });
    expect(config.run.maxCostUsd).toBe(0.2);
    expect(config.lean.profiles).not.toHaveProperty('x');
    expect(config.lean.profiles['command-line']).toMatchObject({ command: ['lake', 'exe', 'repl'] });
  });

  test('is the user’s choice when the user names it', async () => {
    await project(`[provers]\nuse = ["gemini"]\n[run]\nmax_cost = 50\n${FREE}`);
    site.env.PROOFLOOP_CONFIG = 'proofloop.toml';
    expect((await load()).config.prices).toHaveLength(1);
  });
});
