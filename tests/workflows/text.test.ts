import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { headOf } from '../../activities/bounds.ts';
import type { Attempt } from '../../src/model/index.ts';
import { attemptSummary, verifySummary } from '../../workflows/summaries.ts';
import { cut, oneLine } from '../../workflows/text.ts';
import { feedbackFor } from '../../workflows/theorem/feedback.ts';
import { proof, rejected } from '../support/theorems.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '∀', '𝔸', '\n', ' ') });

test('cut keeps the longest head within the bytes, never half a character', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 60 }), (full, max) => {
      const short = cut(full, max);
      expect(Buffer.byteLength(short)).toBeLessThanOrEqual(max);
      if (Buffer.byteLength(full) <= max) expect(short).toBe(full);
      else {
        expect(short.endsWith('…')).toBe(true);
        expect(full.startsWith(short.slice(0, -1))).toBe(true);
        expect(Buffer.byteLength(short)).toBeGreaterThan(max - 4);
      }
    }),
  );
});

test('the head of a stored text is cut between characters', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 40 }), (full, max) => {
      const head = headOf(full, max);
      expect(full.startsWith(head)).toBe(true);
      expect(Buffer.byteLength(head)).toBeLessThanOrEqual(max);
      expect(Buffer.byteLength(head)).toBeGreaterThan(Math.min(max, Buffer.byteLength(full)) - 4);
    }),
  );
});

test('summaries are one line of at most 200 bytes', () => {
  fc.assert(
    fc.property(text, (full) => {
      const line = verifySummary(1, 0, proof(full));
      expect(line).not.toMatch(/[\n\r]/);
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(200);
      expect(oneLine(line)).toBe(line);
    }),
  );
});

const attempt = (n: number, sample: number, more: Partial<Attempt> = {}): Attempt => ({
  n,
  prover: 'model',
  round: n,
  sample,
  submission: proof(`try ${n}`),
  verdict: rejected(`error ${n}`),
  answer: null,
  cachedVerdict: false,
  leanMs: 1,
  error: null,
  ...more,
});

test('the summary of an attempt says what became of it', () => {
  expect(attemptSummary(attempt(2, 1))).toBe('attempt 2 (model, sample 2 of round 2): rejected: error 2');
  expect(attemptSummary(attempt(1, 0, { round: 0, prover: 'local' }))).toBe(
    'attempt 1 (local): rejected: error 1',
  );
  expect(attemptSummary(attempt(1, 0, { error: { code: 'MODEL_REFUSED', message: 'no' } }))).toMatch(
    /MODEL_REFUSED: no/,
  );
  expect(attemptSummary(attempt(1, 0, { verdict: null, submission: null }))).toMatch(
    /no proof in the answer/,
  );
});

test('a repair learns what was said of the attempt that it repairs, a new beginning learns nothing', () => {
  const openGoals = [{ line: 1, column: 0, goal: '⊢ False' }];
  const unknown = [{ name: 'foo', near: [] }];
  const attempts = [
    attempt(1, 0, { verdict: { status: 'rejected', diagnostics: [], openGoals, unknown, ms: 1 } }),
    attempt(2, 1),
    attempt(4, 1, { submission: null }),
  ];
  const repair = (of: number, again = 0, repeated = 0) =>
    feedbackFor(attempts, { kind: 'repair', of, again, repeated });
  expect(repair(1, 0, 1)).toMatchObject([{ submission: { text: 'try 1' }, openGoals, unknown, repeated: 1 }]);
  expect(repair(2, 1)).toMatchObject([{ submission: { text: 'try 2' }, again: 1 }]);
  expect(repair(2)[0]).not.toHaveProperty('repeated');
  expect(repair(4)).toEqual([]);
  expect(repair(9)).toEqual([]);
  expect(feedbackFor(attempts, { kind: 'fresh' })).toEqual([]);
});

test('goals at errors and unknown names go to the model with the messages', () => {
  const openGoals = [{ line: 1, column: 2, goal: '⊢ a = b' }];
  const unknown = [{ name: 'x', near: [{ name: 'Nat.x', type: 'Nat' }] }];
  const role = { kind: 'repair', of: 1, again: 0, repeated: 0 } as const;
  const verdict = { status: 'rejected', diagnostics: [], openGoals, unknown, ms: 1 } as const;
  expect(feedbackFor([attempt(1, 0, { verdict })], role)).toMatchObject([{ openGoals, unknown }]);
  expect(feedbackFor([attempt(1, 0)], role)[0]).not.toHaveProperty('openGoals');
});
