import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Token, type TokenKind, tokenize } from '../../src/lean-text/lexer.ts';

const kinds = (text: string): [TokenKind, string][] => tokenize(text).map((t) => [t.kind, t.text]);
const texts = (text: string): string[] => tokenize(text).map((t) => t.text);

/** Text made of what is hard to lex, so that random input meets the lexer's corners often. */
const fragments = [
  '/-',
  '-/',
  '--',
  '/--',
  '/-!',
  '"',
  '\\',
  '\\"',
  "'",
  "'a'",
  "''",
  '«',
  '»',
  '.',
  'x',
  "x'",
  'r"',
  'r#"',
  '"#',
  's!"',
  '{',
  '}',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '`',
  '#',
  '#eval',
  ':=',
  '<--',
  '//-',
  '𝒜',
  'x₁',
  '0x',
  '1e',
  '1.5e-3',
  '∀',
  '\ufeff',
  '\ud800',
  'theorem',
  '.{',
  '@[',
  '(',
  ')',
  'sorry',
]; // prettier-ignore
const leanLike = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(leanLike, fc.string({ unit: 'binary', maxLength: 200 }));

describe('tokenize', () => {
  test('loses nothing: tokens and the white space between them are the text', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, interpolation) => {
        const tokens = tokenize(text, { interpolation });
        let at = 0;
        let rebuilt = '';
        for (const token of tokens) {
          expect(text.slice(at, token.start)).toMatch(/^\ufeff?[ \t\r\n]*$/);
          expect(token.text).toBe(text.slice(token.start, token.end));
          expect(token.end).toBeGreaterThan(token.start);
          rebuilt += text.slice(at, token.start) + token.text;
          at = token.end;
        }
        expect(rebuilt + text.slice(at)).toBe(text);
        expect(text.slice(at)).toMatch(/^\ufeff?[ \t\r\n]*$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('lines are 1-based and columns count code points, whatever stands before', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, line, column } of tokenize(text)) {
          const before = text.slice(0, start).split('\n');
          expect([line, column]).toEqual([before.length, [...(before.at(-1) ?? '')].length]);
        }
      }),
    );
  });

  test('a comment does not hide what follows it, and nests', () => {
    expect(kinds('a /- b /- c -/ d -/ e')).toEqual([
      ['word', 'a'],
      ['comment', '/- b /- c -/ d -/'],
      ['word', 'e'],
    ]);
    expect(texts('a -- b\nc')).toEqual(['a', '-- b', 'c']);
    expect(texts('a -- b\r\nc')).toEqual(['a', '-- b', 'c']);
    expect(texts('/-/ -/ x')).toEqual(['/-/ -/', 'x']);
  });

  test('doc comments and module docs are kinds of their own', () => {
    expect(kinds('/-- d -/ /-! m -/ /- c -/')).toEqual([
      ['doc', '/-- d -/'],
      ['moduleDoc', '/-! m -/'],
      ['comment', '/- c -/'],
    ]);
    expect(kinds('/--/ x -/')).toEqual([['doc', '/--/ x -/']]);
  });

  test('a comment mark inside a string and a quote inside a comment are text', () => {
    expect(texts('"-- /-" x')).toEqual(['"-- /-"', 'x']);
    expect(texts('-- "\nx')).toEqual(['-- "', 'x']);
    expect(texts('/- " -/ x "')).toEqual(['/- " -/', 'x', '"']);
  });

  test('strings: escapes, gaps and raw strings', () => {
    expect(texts(String.raw`"a\"b" c`)).toEqual([String.raw`"a\"b"`, 'c']);
    expect(texts('"a\\\n   b" c')).toEqual(['"a\\\n   b"', 'c']);
    expect(texts(String.raw`r"a\" c`)).toEqual([String.raw`r"a\"`, 'c']);
    expect(texts('r#"a"b"# c')).toEqual(['r#"a"b"#', 'c']);
    expect(texts('r##"a"#b"## c')).toEqual(['r##"a"#b"##', 'c']);
    expect(texts('xr"a"')).toEqual(['xr', '"a"']);
  });

  test('the code inside an interpolated string is lexed, also with braces and strings in it', () => {
    expect(kinds('s!"a{f {x} "}"}b" c')).toEqual([
      ['word', 's!'],
      ['interpolation', '"a{'],
      ['word', 'f'],
      ['symbol', '{'],
      ['word', 'x'],
      ['symbol', '}'],
      ['string', '"}"'],
      ['interpolation', '}b"'],
      ['word', 'c'],
    ]);
    expect(texts('s!"a\\{b" c')).toEqual(['s!', '"a\\{b"', 'c']);
    expect(texts('m!"{s!"{x}"}" c')).toEqual(['m!', '"{', 's!', '"{', 'x', '}"', '}"', 'c']);
    expect(tokenize('s!"{" x "}"', { interpolation: false }).map((t) => t.text)).toEqual([
      's!',
      '"{"',
      'x',
      '"}"',
    ]); // prettier-ignore
  });

  test('primes end identifiers, begin characters, or stand alone', () => {
    expect(kinds("x' 'a' '\\n' '\\u2200' '\"' ''")).toEqual([
      ['word', "x'"],
      ['char', "'a'"],
      ['char', "'\\n'"],
      ['char', "'\\u2200'"],
      ['char', "'\"'"],
      ['symbol', "'"],
      ['symbol', "'"],
    ]);
    expect(texts("a[i]'h'")).toEqual(['a', '[', 'i', "]'", "h'"]);
    expect(texts("f '' s")).toEqual(['f', "'", "'", 's']);
  });

  test('identifiers: dots, guillemets, subscripts, Greek, mathematical letters', () => {
    expect(texts('Nat.succ_le «a b».c₁ α 𝒜x x.1 end.')).toEqual([
      'Nat.succ_le',
      '«a b».c₁',
      'α',
      '𝒜x',
      'x',
      '.',
      '1',
      'end',
      '.',
    ]); // prettier-ignore
    expect(texts('λx Πx x!=y')).toEqual(['λ', 'x', 'Π', 'x', 'x!', '=', 'y']);
    expect(texts('«theorem» theorem.x')).toEqual(['«theorem»', 'theorem.x']);
    expect(kinds('`Nat.add ``Nat #eval #[1]')).toEqual([
      ['name', '`Nat.add'],
      ['symbol', '`'],
      ['name', '`Nat'],
      ['hash', '#eval'],
      ['symbol', '#['],
      ['number', '1'],
      ['symbol', ']'],
    ]);
  });

  test('numbers: radix, separators, scientific, and the dots of ranges and projections', () => {
    expect(texts('0xFf 0b01 0o17 1_000 1.5e-3 2e5 [1:n] h.1.2')).toEqual([
      '0xFf',
      '0b01',
      '0o17',
      '1_000',
      '1.5e-3',
      '2e5',
      '[',
      '1',
      ':',
      'n',
      ']',
      'h',
      '.',
      '1.2',
    ]); // prettier-ignore
  });

  test('the longest symbol wins, so that `<--x` is no comment', () => {
    expect(texts('do x <--y')).toEqual(['do', 'x', '<-', '-', 'y']);
    expect(texts('{x //- y}')).toEqual(['{', 'x', '//', '-', 'y', '}']);
    expect(texts('a:=b fun x=>y p<;>q f.{u} @[simp]')).toEqual([
      'a',
      ':=',
      'b',
      'fun',
      'x',
      '=>',
      'y',
      'p',
      '<;>',
      'q',
      'f',
      '.{',
      'u',
      '}',
      '@[',
      'simp',
      ']',
    ]); // prettier-ignore
  });

  test('what is never closed hides nothing', () => {
    const first = (text: string): Token | undefined => tokenize(text)[0];
    for (const text of ['"a run_cmd', '/- a run_cmd', '«a run_cmd', 'r#"a run_cmd', '/-- a run_cmd']) {
      expect(first(text)?.kind).toBe('error');
      expect(texts(text)).toContain('run_cmd');
    }
    expect(kinds('s!"a run_cmd')[1]).toEqual(['error', '"']);
    expect(texts('s!"{run_cmd')).toContain('run_cmd');
  });

  test('thousands of unclosed openers still come out as tokens', () => {
    for (const opener of ['/-', '"\\', '«', 's!"', 'r#"', 'a.«', '`«']) {
      const text = opener.repeat(20_000);
      expect(tokenize(text).reduce((sum, t) => sum + t.text.length, 0)).toBe(text.length);
    }
  });
});
