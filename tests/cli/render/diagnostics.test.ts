import { expect, test } from '@jest/globals';
import { renderDiagnostic } from '../../../src/cli/render/diagnostics.ts';
import { plain } from '../../../src/cli/render/paint.ts';
import type { Diagnostic } from '../../../src/model/index.ts';

const at = (line: number, column: number, end: [number, number] | null, text: string): Diagnostic => ({
  severity: 'error',
  pos: { line, column },
  endPos: end === null ? null : { line: end[0], column: end[1] },
  text,
});

const rendered = (d: Diagnostic, source: string | null) => renderDiagnostic(d, source, plain).split('\n');

test('the source line is quoted and the carets stand under the place', () => {
  const source = 'theorem t : 1 = 2 :=\n  by omega\n';
  expect(rendered(at(2, 5, [2, 10], 'omega could not prove the goal'), source)).toEqual([
    '2:5: error: omega could not prove the goal',
    '2 |   by omega',
    '  |      ^^^^^',
  ]);
});

test('columns count code points, and symbols outside the basic plane do not shift the caret', () => {
  const source = 'example (𝕜 α : Type) : ∀ x : 𝕜, bad := sorry';
  const column = [...source].indexOf('b');
  const lines = rendered(at(1, column, [1, column + 3], 'unknown identifier'), source);
  expect([...lines[1]!].indexOf('b')).toBe([...lines[2]!].indexOf('^'));
  expect(lines[2]!.match(/\^+/)![0]).toHaveLength(3);
});

test('a place that ends on a later line is marked to the end of its first', () => {
  const source = 'theorem t : P := by\n  simp';
  expect(rendered(at(1, 17, [2, 6], 'unsolved goals\n⊢ P'), source)).toEqual([
    '1:17: error: unsolved goals',
    '  ⊢ P',
    '1 | theorem t : P := by',
    '  |                  ^^',
  ]);
});

test('a place at the end of a line still gets one caret', () => {
  expect(rendered(at(1, 3, [1, 3], 'unexpected end of input'), 'abc').at(-1)).toBe('  |    ^');
});

test('tabs and carriage returns of the source do not move the caret', () => {
  expect(rendered(at(1, 1, [1, 2], 'no'), '\tx\r\n').slice(1)).toEqual(['1 |  x', '  |  ^']);
});

test('without a source, or with a position outside of it, the message stands alone', () => {
  expect(rendered(at(7, 0, null, 'no'), null)).toEqual(['7:0: error: no']);
  expect(rendered(at(7, 0, null, 'no'), 'one line')).toEqual(['7:0: error: no']);
});
