import { describe, expect, test } from '@jest/globals';
import { asBlock, talk } from './support.ts';

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
      asBlock({ tactic: 'rfl', proofState: -1 }),
      asBlock({ pickleTo: '/nowhere/x', env: 0 }),
      asBlock({ pickleTo: '/nowhere/x' }),
      asBlock({ cmd: '#eval 0', env: 'x' }),
      asBlock({ cmd: '#eval 0', env: -1 }),
      asBlock({ cmd: '#eval 0', env: 1.5 }),
      asBlock({ cmd: '#eval 0', env: 10 ** 40 }),
      asBlock({ cmd: '#eval 0', timeoutMs: 'soon' }),
      asBlock('text'),
      asBlock(7),
      asBlock(null),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}\n\n`,
      `{"cmd": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}\n\n`,
      '{"cmd": "\u0000"}\n\n',
      '{"cmd": \n\n',
    ];
    const answers = await talk(...bad, asBlock({ cmd: '#eval 1' }));
    expect(answers.length).toBe(bad.length + 1);
    for (const answer of answers.slice(0, -1)) expect(answer).toEqual({ message: expect.any(String) });
    expect(answers.at(-1)).toMatchObject({ env: 0, messages: [{ data: '1' }] });
  });

  test('a line of 10 MB is read', async () => {
    const cmd = `/- ${'x'.repeat(10_000_000)} -/ #eval 2`;
    expect(await talk(asBlock({ cmd }))).toMatchObject([{ env: 0, messages: [{ data: '2' }] }]);
  });
});
