import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundedVerdict } from '../../activities/bounds.ts';
import { type Verdict, verdictSchema } from '../../src/model/index.ts';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');
const MARKS = 4 * 10;

const rejected = fc.record({
  status: fc.constant('rejected' as const),
  diagnostics: fc.array(
    fc.record({
      severity: fc.constantFrom('error' as const, 'warning' as const),
      pos: fc.constant({ line: 1, column: 0 }),
      endPos: fc.constant(null),
      text: fc.string({ unit: 'grapheme', maxLength: 400 }),
    }),
    { maxLength: 4 },
  ),
  openGoals: fc.array(
    fc.record({ line: fc.nat(), column: fc.nat(), goal: fc.string({ unit: 'grapheme', maxLength: 400 }) }),
    { maxLength: 4 },
  ),
  unknown: fc.array(
    fc.record({
      name: fc.string({ maxLength: 40 }),
      near: fc.array(fc.record({ name: fc.string(), type: fc.string({ maxLength: 200 }) }), { maxLength: 5 }),
    }),
    { maxLength: 5 },
  ),
  ms: fc.constant(1),
});

test('a refusal has at most so many bytes of text, its hints among them, and is still a verdict', () => {
  fc.assert(
    fc.property(rejected, fc.integer({ min: 64, max: 4_000 }), (verdict, max) => {
      const bounded = boundedVerdict(verdict, max);
      expect(verdictSchema.parse(bounded)).toEqual(bounded);
      if (bounded.status !== 'rejected') throw new Error('another status');
      const hints = [
        ...(bounded.openGoals ?? []).map(({ goal }) => goal),
        ...(bounded.unknown ?? []).flatMap(({ name, near }) => [
          name,
          ...near.flatMap((n) => [n.name, n.type]),
        ]),
      ];
      expect(hints.reduce((sum, text) => sum + bytes(text), 0)).toBeLessThanOrEqual(max / 2 + MARKS);
    }),
  );
});

test('what is small stays as it is, and what was not said is not invented', () => {
  const verdict: Verdict = {
    status: 'rejected',
    diagnostics: [],
    openGoals: [{ line: 1, column: 2, goal: '⊢ 1 = 2' }],
    unknown: [{ name: 'x', near: [{ name: 'Nat.x', type: 'Nat' }] }],
    ms: 1,
  };
  expect(boundedVerdict(verdict)).toEqual(verdict);
  const plain: Verdict = { status: 'rejected', diagnostics: [], ms: 1 };
  expect(boundedVerdict(plain)).toEqual(plain);
});
