import { describe, expect, test } from '@jest/globals';
import { asBlock, talk } from './support.ts';

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
