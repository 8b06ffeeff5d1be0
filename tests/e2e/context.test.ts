import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectExit, type Home, jsonLines, makeHome, startCli, untilOutput } from '../support/cli.ts';

describe('what stands before a theorem', () => {
  let home: Home;
  let up: ReturnType<typeof startCli>;

  beforeAll(async () => {
    home = await makeHome();
    up = startCli(home, ['up']);
    await untilOutput(up, 'stderr', /Ready\./);
  }, 240_000);

  afterAll(async () => {
    up.kill('SIGINT');
    await up;
    await home.remove();
  }, 60_000);

  const prove = async (name: string, text: string, ...args: string[]) => {
    const file = join(home.dir, name);
    await writeFile(file, text);
    const run = await startCli(home, ['prove', file, '--json', ...args]);
    const lines = jsonLines(run.stdout);
    return { file, run, results: lines.filter((l) => l.type === 'theorem') };
  };

  it('decides the verdict: the same statement under another def is not taken from the cache', async () => {
    const of = (body: string) =>
      `def f (n : Nat) : Nat := ${body}\n\ntheorem same (n : Nat) : n ≤ f n := by sorry\n`;
    const right = await prove('right.lean', of('n + 1'));
    expect(right.results).toMatchObject([{ outcome: 'solved' }]);
    const wrong = await prove('wrong.lean', of('n - 1'));
    expect(wrong.results).toMatchObject([{ outcome: 'refuted' }]);
    expect(wrong.run.exitCode).toBe(2);
    const again = await prove('again.lean', of('n + 1'));
    expect(again.results).toMatchObject([{ outcome: 'solved', cached: true }]);
  }, 240_000);

  it('decides the verdict: the same statement under another open or variable is not taken from the cache', async () => {
    const defs = 'namespace A\ndef c : Nat := 3\nend A\nnamespace B\ndef c : Nat := 4\nend B\n';
    const under = (line: string) => `${defs}${line}\ntheorem odd : c % 2 = 1 := by sorry\n`;
    expect((await prove('a.lean', under('open A'))).results).toMatchObject([{ outcome: 'solved' }]);
    expect((await prove('b.lean', under('open B'))).results).toMatchObject([{ outcome: 'refuted' }]);
    const given = (line: string) => `${line}\ntheorem half (h : 2 * k = 6) : k = 3 := by sorry\n`;
    expect((await prove('n.lean', given('variable (k : Nat)'))).results).toMatchObject([
      { outcome: 'solved' },
    ]);
    const int = await prove('i.lean', given('variable (k : Int)'));
    expect(int.results).toMatchObject([{ outcome: 'solved', cached: false }]);
  }, 240_000);

  it('makes a proof that rests on an unproved theorem conditional, and does not write it', async () => {
    const text =
      'opaque secret : Nat → Nat\n\ntheorem unprovable : secret 0 = 7 := by sorry\n\n' +
      'theorem uses : secret 0 + 1 = 8 := by sorry\n';
    const { file, run, results } = await prove('conditional.lean', text, '--write');
    expectExit(run, 2);
    expect(results.map((r) => [r.name, r.outcome])).toEqual([
      ['unprovable', 'unsolved'],
      ['uses', 'conditional'],
    ]);
    expect(await readFile(file, 'utf8')).toBe(text);
  }, 240_000);
});
