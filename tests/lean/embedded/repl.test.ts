import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { runLeanRepl } from '../../../lean/embedded/lean-repl.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';

/** Feeds chunks to a repl of its own and reads its answers. */
async function talk(...chunks: (string | Buffer)[]): Promise<unknown[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  for (const chunk of chunks) input.write(chunk);
  input.end();
  let text = '';
  output.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  expect(await runLeanRepl({ cacheDir: LEAN_CACHE, input, output })).toBe(0);
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((block) => JSON.parse(block) as unknown);
}
const asBlock = (request: unknown): string => `${JSON.stringify(request)}\n\n`;

describe('commands', () => {
  test('chain through environments, and any old one can be gone back to', async () => {
    const answers = await talk(
      asBlock({ cmd: 'def x := 1' }),
      asBlock({ cmd: 'def y := x + 1', env: 0 }),
      asBlock({ cmd: 'example : y = 2 := rfl', env: 1 }),
      asBlock({ cmd: 'example : y = 2 := rfl', env: 0 }),
      asBlock({ cmd: 'def x := 2', env: 0 }),
      asBlock({ cmd: 'open Nat in\n#check succ', env: 9 }),
    );
    expect(answers).toMatchObject([
      { env: 0 },
      { env: 1 },
      { env: 2 },
      { env: 3, messages: [{ severity: 'error', pos: { line: 1, column: 19 } }] },
      { env: 4, messages: [{ severity: 'error' }] },
      { message: 'Unknown environment.' },
    ]);
    expect(answers[2]).toEqual({ env: 2 });
  });

  test('answer sorries with goals and positions, and tactics on request', async () => {
    const cmd = 'theorem f (p q : Prop) (h : p ∧ q) : q ∧ p := by\n  constructor\n  · exact h.2\n  · sorry';
    const [answer] = await talk(asBlock({ cmd, allTactics: true }));
    expect(answer).toMatchObject({
      env: 0,
      messages: [{ severity: 'warning', pos: { line: 1, column: 8 }, endPos: { line: 1, column: 9 } }],
      sorries: [
        {
          proofState: 0,
          goal: 'case right\np q : Prop\nh : p ∧ q\n⊢ p',
          pos: { line: 4, column: 4 },
          endPos: { line: 4, column: 9 },
        },
      ],
      tactics: [
        { tactic: 'constructor', goals: 'p q : Prop\nh : p ∧ q\n⊢ q ∧ p' },
        { tactic: 'exact h.2' },
        {},
      ],
    });
  });

  test('keep scopes open from one command to the next, and begin at line 1 each', async () => {
    const answers = await talk(
      asBlock({ cmd: 'namespace A\nvariable (n : Nat)\ndef d := n + n' }),
      asBlock({ cmd: '\ntheorem d_eq : d n = 3 * n := by unfold d; omega', env: 0 }),
    );
    expect(answers).toMatchObject([{ env: 0 }, { env: 1, messages: [{ pos: { line: 2 } }] }]);
  });

  test('a failed import is told, and what follows has an empty environment', async () => {
    const answers = await talk(
      asBlock({ cmd: 'import Nowhere\n#check Nat' }),
      asBlock({ cmd: '#check Nat', env: 0 }),
      asBlock({ cmd: '#check Nat' }),
    );
    expect(answers).toMatchObject([
      { env: 0, messages: [{ severity: 'error', data: expect.stringContaining('Nowhere') }, {}] },
      { env: 1, messages: [{ severity: 'error' }] },
      { env: 2, messages: [{ severity: 'info', data: 'Nat : Type' }] },
    ]);
  });
});

describe('framing', () => {
  test('joins lines with nothing, skips comments, splits UTF-8 anywhere, takes the last block at the end', async () => {
    const text = `{"cmd":\n "example : True := by\nsorry"}\n\n# a comment\n\n-- another\n\n{"cmd": "#eval \\"ℕ𝔸\\""}`;
    const bytes = Buffer.from(text);
    const chunks = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await talk(...chunks)).toMatchObject([
      { env: 0, messages: [{ severity: 'error', data: expect.stringContaining('bysorry') }] },
      { env: 1, messages: [{ data: '"ℕ𝔸"' }] },
    ]);
  });

  test('what the original dies of gets an error answer, and the process lives on', async () => {
    const bad = [
      '{bad}\n\n',
      '[1]\n\n',
      '{"cmd": 1}\n\n',
      '{"env": 0}\n\n',
      '\n',
      Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a, 0x0a]),
      asBlock({ path: '/nowhere/at/all.lean' }),
      asBlock({ tactic: 'rfl', proofState: 0 }),
      asBlock({ pickleTo: '/tmp/x', env: 0 }),
    ];
    const answers = await talk(...bad, asBlock({ cmd: '#eval 1' }));
    expect(answers.length).toBe(bad.length + 1);
    for (const answer of answers.slice(0, -1)) expect(answer).toEqual({ message: expect.any(String) });
    expect(answers.at(-2)).toMatchObject({ message: expect.stringContaining('unsupported') });
    expect(answers.at(-1)).toMatchObject({ env: 0, messages: [{ data: '1' }] });
  });

  test('a line of 10 MB is read', async () => {
    const cmd = `/- ${'x'.repeat(10_000_000)} -/ #eval 2`;
    expect(await talk(asBlock({ cmd }))).toMatchObject([{ env: 0, messages: [{ data: '2' }] }]);
  });
});

test('when Lean dies under a command the repl goes on, and old environments are unknown', async () => {
  const bomb = 'partial def grow (s : String) : Nat := grow (s ++ s)\n#eval grow "x"';
  const answers = await talk(
    asBlock({ cmd: 'def x := 1' }),
    asBlock({ cmd: bomb }),
    asBlock({ cmd: 'def y := x', env: 0 }),
    asBlock({ cmd: '#eval 1' }),
  );
  expect(answers).toMatchObject([
    { env: 0 },
    { message: expect.stringContaining('Lean') },
    { message: 'Unknown environment.' },
    { env: 1, messages: [{ data: '1' }] },
  ]);
});
