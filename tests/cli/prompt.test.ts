import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let folder: string;
let home: Home;
beforeAll(async () => {
  home = await makeHome();
  folder = await mkdtemp(join(tmpdir(), 'proofloop-prompt-'));
  await writeFile(
    join(folder, 'Two.lean'),
    'def two := 2\n\ntheorem a : two = 2 := by sorry\n\ntheorem b (n : Nat) : n + 0 = n := by sorry\n',
  );
});
afterAll(async () => {
  await home.remove();
  await rm(folder, { recursive: true });
});
const run = async (...args: string[]) => {
  const { exitCode: code, stdout, stderr } = await startCli(home, args, { cwd: folder });
  return { code, stdout, stderr };
};

describe('proofloop prompt', () => {
  test('shows prompt, tokens with their tokenizer, and cost, without a key', async () => {
    const { code, stdout } = await run('prompt', 'Two.lean', '--theorem', 'b');
    expect(code).toBe(0);
    expect(stdout).toContain('def two := 2');
    expect(stdout).toMatch(/\d+ tokens by o200k_base \(npm gpt-tokenizer\): an estimate for gemini-/);
    expect(stdout).toMatch(/gemini-3\.1-pro-preview +\$0\.\d+ +\$0\.\d+/);
  });

  test('as JSON it is one record, the same each time, and another for another sample or variant', async () => {
    const record = async (...more: string[]) =>
      jsonLines((await run('prompt', 'Two.lean', 'b', '--json', ...more)).stdout)[0]!;
    const [one, again, sample, plan] = await Promise.all([
      record(),
      record(),
      record('--sample', '2'),
      record('--variant', 'plan'),
    ]);
    expect(one).toMatchObject({ type: 'prompt', theoremId: 'b', variant: 'short/1', round: 1, sample: 0 });
    expect(again).toEqual(one);
    expect(sample!.user).not.toBe(one!.user);
    expect(sample!.system).toBe(one!.system);
    expect(plan!.variant).toMatch(/^plan\//);
    expect(Number(one!.tokens)).toBeLessThan(Number(plan!.tokens));
    expect(Number(one!.tokens)).toBeLessThan(Number(one!.tokensAtMost));
  });

  test('the tokenizer is the own one of a model that has it', async () => {
    const named = await run('prompt', 'basic/hens_and_rabbits', '--prover', 'openai:gpt-5', '--json');
    expect(jsonLines(named.stdout)[0]).toMatchObject({ ownTokenizer: true, model: 'gpt-5' });
  });

  test('a proof that Lean refuses becomes a repair prompt, one that it accepts is called that', async () => {
    await writeFile(join(folder, 'Tried.lean'), 'theorem b (n : Nat) : n + 0 = n := by\n  exact foo n\n');
    await writeFile(join(folder, 'Right.lean'), 'by rfl\n');
    const refused = await run('prompt', 'Two.lean', 'b', '--after', 'Tried.lean');
    expect(refused.stdout).toContain('2 |   exact foo n\n  |         ^^^\nerror:');
    const right = await run('prompt', 'Two.lean', 'b', '--after', 'Right.lean');
    expect(right).toMatchObject({ code: 0, stdout: '' });
    expect(right.stderr).toContain('nothing to repair');
  }, 120_000);

  test('a refused attempt may be given as JSON', async () => {
    const attempt = {
      submission: { form: 'proof', text: 'by simp' },
      why: 'goals are left open',
      repeated: 2,
    };
    await writeFile(join(folder, 'attempt.json'), JSON.stringify(attempt));
    const { stdout } = await run('prompt', 'Two.lean', 'b', '--feedback', 'attempt.json');
    expect(stdout).toContain('Why: goals are left open. This same proof was given 2 more times');
  });

  test.each<[string[], RegExp]>([
    [['prompt', 'Two.lean'], /USAGE: .*2 theorems to prove: a, b/],
    [['prompt', 'Two.lean', 'c'], /THEOREM_NOT_FOUND|NO_TARGET/],
    [['prompt', 'basic'], /USAGE: 'basic' names no theorem/],
    [['prompt', 'basic/nothing_like_it'], /THEOREM_NOT_FOUND/],
    [['prompt', 'Two.lean', 'b', '--variant', 'long'], /PROMPT_UNKNOWN: .*"long"/],
    [['prompt', 'Two.lean', 'b', '--prover', 'nobody'], /PROVER_UNKNOWN/],
    [['prompt', 'Two.lean', 'b', '--feedback', 'Two.lean'], /FILE_UNREADABLE: Two.lean is not JSON/],
    [['prompt', 'Two.lean', 'b', '--sample', '-1'], /USAGE/],
  ])('%j is refused with the reason', async (args, words) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
  });
});

describe('proofloop prompts', () => {
  test('list names each with its version, one of them the default', async () => {
    const records = jsonLines((await run('prompts', 'list', '--json')).stdout);
    expect(records.filter((r) => r.default)).toMatchObject([{ name: 'short' }]);
    expect((await run('prompts')).stdout).toContain('short/1');
  });

  test('stats shows what won, by model, kind of sample and of theorem', async () => {
    const path = join(folder, 'store.db');
    const store = await openStore(path);
    for (let n = 1; n <= 20; n++)
      await store.putTrial(
        { runId: 'r', theoremId: 't', n },
        {
          ...{ model: 'm', stage: 'first', category: 'Nat', difficulty: 'easy' },
          variant: n % 2 ? 'short/1' : 'plan/2',
          won: n % 2 === 1 && n > 4,
        },
      );
    await store.close();
    const text = await run('prompts', 'stats', '--store', path);
    expect(text.stdout).toMatch(/m, first samples: all theorems/);
    expect(text.stdout).toMatch(/m, first samples: easy, Nat/);
    expect(text.stdout).toMatch(/short\/1 +10 +8 +75 % +48 % to 94 %/);
    const [all] = jsonLines((await run('prompts', 'stats', '--store', path, '--json')).stdout);
    expect(all).toMatchObject({ type: 'group', model: 'm', difficulty: null, category: null });
    const empty = await run('prompts', 'stats', '--store', join(folder, 'empty.db'));
    expect(empty.stderr).toContain('No answer of a model has been judged yet');
  });
});
