import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alignedPairs } from '../../src/lean-text/align.ts';

const letters = (text: string): string[] => [...text];

test.each([
  ['abc', 'abc', 3],
  ['abc', 'xaybzc', 3],
  ['abc', 'cba', 1],
  ['ace', 'abcde', 3],
  ['', 'abc', 0],
  ['aab', 'ab', 2],
])('%s and %s have %d letters in common, in order', (a, b, length) => {
  expect(alignedPairs(letters(a), letters(b))).toHaveLength(length);
});

test('pairs are equal, rise on both sides, and none is longer the other way round', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const pairs = alignedPairs(a, b);
      for (const [i, j] of pairs) expect(a[i]).toBe(b[j]);
      for (const [k, [i, j]] of pairs.entries())
        if (k > 0) expect(i > pairs[k - 1]![0] && j > pairs[k - 1]![1]).toBe(true);
      expect(alignedPairs(b, a)).toHaveLength(pairs.length);
    }),
  );
});

test('lists too long for the table keep what they have in common at both ends', () => {
  const middle = Array.from({ length: 3000 }, (_, i) => `m${i}`);
  const pairs = alignedPairs(['a', ...middle, 'z'], ['a', ...middle.toReversed(), 'z']);
  expect(pairs).toEqual([
    [0, 0],
    [3001, 3001],
  ]);
});
