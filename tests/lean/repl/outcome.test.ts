import { expect, test } from '@jest/globals';
import { outcomeOf } from '../../../lean/repl/outcome.ts';
import { endOf, moved } from '../../../lean/repl/position.ts';
import type { Diagnostic } from '../../../src/model/index.ts';

const say = (severity: Diagnostic['severity'], text: string): Diagnostic => ({
  severity,
  pos: { line: 1, column: 0 },
  endPos: null,
  text,
});
const error = (text: string) => say('error', text);
const statusOf = (...diagnostics: Diagnostic[]) => outcomeOf(diagnostics, [], 1)?.status;

test('limits of Lean are no judgement on the proof, other errors are', () => {
  expect(
    statusOf(
      error('(deterministic) timeout at `whnf`, maximum number of heartbeats (200000) has been reached'),
    ),
  ).toBe('exhausted');
  expect(statusOf(error('maximum recursion depth has been reached'))).toBe('exhausted');
  expect(statusOf(error('(kernel) deep recursion detected'))).toBe('exhausted');
  expect(statusOf(error('omega could not prove the goal'), error('unsolved goals\n⊢ 1 = 2'))).toBe(
    'rejected',
  );
});

test('open goals alone are incomplete, with the goals as Lean printed them', () => {
  expect(outcomeOf([error('unsolved goals\nn : Nat\n⊢ n = n')], ['⊢ False'], 1)).toMatchObject({
    status: 'incomplete',
    goals: ['⊢ False', 'n : Nat\n⊢ n = n'],
  });
});

test('warnings and infos settle nothing', () => {
  expect(
    statusOf(say('warning', 'unused variable'), say('info', 'maximum recursion depth has been reached')),
  ).toBe(undefined);
});

test('a piece of a file is placed behind what stands before it, in code points', () => {
  expect(endOf('')).toEqual({ line: 1, column: 0 });
  expect(endOf('import Init\n')).toEqual({ line: 2, column: 0 });
  expect(endOf('a\n𝔸∀ ')).toEqual({ line: 2, column: 3 });
  expect(moved({ line: 1, column: 4 }, { line: 2, column: 3 })).toEqual({ line: 2, column: 7 });
  expect(moved({ line: 3, column: 4 }, { line: 2, column: 3 })).toEqual({ line: 4, column: 4 });
});
