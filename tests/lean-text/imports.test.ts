import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHeader } from '../../src/lean-text/imports.ts';

const modules = (text: string): string[] => parseHeader(text).modules;
const rest = (text: string): string => text.slice(parseHeader(text).end);

describe('parseHeader', () => {
  test('a text without a header imports Init and its header is empty', () => {
    for (const text of ['', 'theorem t : True := trivial', '-- note\ndef x := 1', '/-- doc -/ import Std']) {
      expect(parseHeader(text)).toEqual({ modules: ['Init'], key: parseHeader('import Init').key, end: 0 });
    }
  });

  test('imports are sorted and unique', () => {
    expect(modules('import Std.B\nimport A\nimport Std.B\n')).toEqual(['A', 'Std.B']);
    expect(modules('import «A».B\nimport A.B')).toEqual(['A.B']);
  });

  test('the header ends behind the line of its last import, comments on that line included', () => {
    expect(rest('/- c -/\nimport A -- why\n\nopen A\n')).toBe('\nopen A\n');
    expect(rest('import A /- two\nlines -/\nopen A')).toBe('open A');
    expect(rest('import A\r\nopen A')).toBe('open A');
    expect(rest('import A')).toBe('');
    expect(rest('import A open A')).toBe(' open A');
    expect(rest('import A\n-- about what follows\ndef x := 1')).toBe('-- about what follows\ndef x := 1');
  });

  test('module system and prelude are read and change the key', () => {
    const text = 'module\n\npublic import A\nimport all B\npublic meta import C\nmeta import D\ndef x := 1';
    expect(modules(text)).toEqual(['A', 'B', 'C', 'D']);
    expect(rest(text)).toBe('def x := 1');
    expect(modules('prelude\ndef x := 1')).toEqual([]);
    expect(modules('prelude\nimport Init.Core\n')).toEqual(['Init.Core']);
    const keys = ['import A', 'module import A', 'prelude import A', 'public import A', 'import all A', ''];
    expect(new Set(keys.map((k) => parseHeader(k).key)).size).toBe(keys.length);
  });

  test('an import inside a comment, and one behind the first command, is none', () => {
    expect(modules('/- import A -/ import B\n-- import C\nimport D\ndef x := 1\nimport E')).toEqual([
      'B',
      'D',
    ]);
  });

  test('half an import belongs to the rest', () => {
    expect(rest('import A\nimport')).toBe('import');
    expect(rest('import A\npublic theorem x : True')).toBe('public theorem x : True');
    expect(rest('import A\nimport import')).toBe('import import');
  });

  test('the key does not depend on order, comments, duplicates, line ends, BOM or an explicit Init', () => {
    const names = fc.array(fc.constantFrom('A', 'A.B', 'Std', 'Lean.Meta', 'Init'), { maxLength: 6 });
    const gaps = fc.constantFrom('\n', '\r\n', ' -- c\n', '\n/- import X -/\n', '\n\n');
    fc.assert(
      fc.property(names, gaps, fc.boolean(), (list, gap, bom) => {
        const text = `${bom ? '\ufeff' : ''}${list.map((m) => `import ${m}${gap}`).join('')}def x := 1`;
        const clean = [...new Set(list)]
          .sort()
          .map((m) => `import ${m}\n`)
          .join('');
        expect(parseHeader(text).key).toBe(parseHeader(clean).key);
        expect(rest(text)).toContain('def x := 1');
      }),
    );
  });

  test('it never throws and its end lies in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { end } = parseHeader(text);
        expect(end).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('many comments on the last line of a header cost no more than they are long', () => {
  const header = `import A ${'/- -/'.repeat(200_000)}\n`;
  expect(parseHeader(`${header}theorem t : True := trivial`).end).toBe(header.length);
});
