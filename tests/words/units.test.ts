import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytes, count, dollars, duration, momentIn, plural } from '../../src/words/units.ts';

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [99_949, '99.9 s'],
  [99_951, '1 min 40 s'],
  [3_599_000, '59 min 59 s'],
  [3_600_000, '1 h 00 min'],
  [90_061_000, '25 h 01 min'],
])('%d milliseconds are told as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [156_000_000, '156 MB'],
  [2_340_000_000, '2.3 GB'],
])('%d bytes are told as %s', (n, text) => {
  expect(bytes(n)).toBe(text);
});

test('a cost that is not known is never written as a number', () => {
  expect(dollars(null)).toBe('unknown cost');
  expect(dollars(0)).toBe('$0.00');
  expect(dollars(0.00123)).toBe('$0.0012');
  expect(dollars(12.345)).toBe('$12.35');
});

test('digits are grouped by thousands and nothing is lost', () => {
  expect(count(1_234_567)).toBe('1 234 567');
  fc.assert(
    fc.property(fc.nat(), (n) => {
      expect(Number(count(n).replaceAll(' ', ''))).toBe(n);
    }),
  );
});

test('one is singular, everything else is plural', () => {
  expect(plural(1, 'entry', 'entries')).toBe('1 entry');
  expect(plural(0, 'call')).toBe('0 calls');
});

test('a moment of another zone is what its clocks show', () => {
  const at = Date.UTC(2026, 11, 1, 23, 30, 5);
  expect(momentIn(at, 'UTC')).toBe('2026-12-01 23:30:05');
  expect(momentIn(at, 'Europe/Vienna')).toBe('2026-12-02 00:30:05');
  expect(momentIn(Date.UTC(2026, 6, 1, 1), 'America/New_York')).toBe('2026-06-30 21:00:00');
});
