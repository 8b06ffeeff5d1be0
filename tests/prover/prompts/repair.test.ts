import { describe, expect, test } from '@jest/globals';
import { buildPrompt } from '../../../src/prover/prompts/build.ts';
import type { Feedback } from '../../../src/prover/prover.ts';
import { requestOf, theoremOf } from '../support.ts';

const theorem = theoremOf({ context: 'def two := 2\n\n' });
const failed = (part: Partial<Feedback> = {}): Feedback => ({
  submission: { form: 'proof', text: 'by\n  have h := Nat.add_swap a b\n  exact h' },
  diagnostics: [
    {
      severity: 'error',
      pos: { line: 4, column: 12 },
      endPos: { line: 4, column: 24 },
      text: 'Unknown constant `Nat.add_swap`',
    },
  ],
  why: 'Lean reports errors',
  ...part,
});
const user = (part: Partial<Feedback> = {}): string =>
  buildPrompt(requestOf({ theorem, round: 2, feedback: [failed(part)] })).user;

describe('what a repair is told', () => {
  test('the fault is marked at its place, with a few lines around it', () => {
    expect(user()).toContain(
      [
        '1 | theorem add_swap (a b : Nat) : a + b = b + a := by',
        '2 |   have h := Nat.add_swap a b',
        '  |             ^^^^^^^^^^^^',
        '3 |   exact h',
        'error: Unknown constant `Nat.add_swap`',
      ].join('\n'),
    );
  });

  test('unknown names come with existing ones and their types', () => {
    const near = [{ name: 'Nat.add_comm', type: '∀ (n m : Nat),\n  n + m = m + n' }];
    expect(user({ unknown: [{ name: 'Nat.add_swap', near }] })).toContain(
      'Nat.add_swap does not exist; there are:\n  Nat.add_comm : ∀ (n m : Nat), n + m = m + n',
    );
    expect(user({ unknown: [{ name: 'foo', near: [] }] })).toContain(
      'foo does not exist, and nothing like it.',
    );
  });

  test('the goal at a message is shown where the message shows none', () => {
    const openGoals = [{ line: 4, column: 12, goal: 'a b : Nat\n⊢ a + b = b + a' }];
    expect(user({ openGoals })).toContain('goal there:\na b : Nat\n⊢ a + b = b + a');
    const text = 'unsolved goals\na b : Nat\n⊢ a + b = b + a';
    const diagnostics = [{ ...failed().diagnostics[0]!, text }];
    expect(user({ openGoals, diagnostics }).match(/⊢/g)).toHaveLength(1);
  });

  test('a goal at another place has a section of its own', () => {
    const openGoals = [{ line: 5, column: 2, goal: '⊢ False' }];
    expect(user({ openGoals })).toContain('Open goals:\n```\nline 3:\n⊢ False\n```');
  });

  test('a proof that came again after it was refused is called that', () => {
    expect(user()).not.toContain('stays refused');
    expect(user({ repeated: 2 })).toContain('2 more times after it had been refused');
    expect(user({ repeated: 1 })).toContain('once more after it had been refused');
  });

  test('analysis comes before code', () => {
    const text = user();
    expect(text.lastIndexOf('why it arises')).toBeLessThan(
      text.lastIndexOf('write the whole corrected theorem'),
    );
  });

  test('whatever the attempt and its messages hold, the prompt stays bounded', () => {
    const long = 'x'.repeat(200_000);
    const text = user({
      submission: { form: 'proof', text: `by\n  ${long}` },
      diagnostics: Array.from({ length: 50 }, (_, i) => ({
        severity: 'error' as const,
        pos: { line: 4, column: i },
        endPos: { line: 4, column: 190_000 },
        text: `${i} ${long}`,
      })),
      openGoals: Array.from({ length: 50 }, () => ({ line: 5, column: 0, goal: long })),
      unknown: Array.from({ length: 50 }, () => ({
        name: 'foo',
        near: Array.from({ length: 50 }, () => ({ name: 'bar', type: long })),
      })),
    });
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('44 more messages left out.');
  });
});
