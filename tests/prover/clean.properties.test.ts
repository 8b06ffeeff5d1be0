import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commandText } from '../../src/model/index.ts';
import { clean } from '../../src/prover/clean.ts';
import { theoremOf } from './support.ts';

const theorem = theoremOf();
const STATEMENT = theorem.statement;
const fenced = (code: string): string => `Some thoughts.\n\n\`\`\`lean4\n${code}\n\`\`\`\nDone.`;
const submission = (answer: string) => clean(answer, theorem).submission;

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        '```lean4\n',
        '```\n',
        '```',
        STATEMENT,
        ' := ',
        'by',
        '\n',
        '  omega',
        'begin',
        'end',
        ',',
        '⟨',
        '⟩',
        '{',
        '"proof": "',
        '"',
        'theorem',
        ' add_swap',
        'λ x, ',
        'import Foo\n',
        '/-',
        '-/',
        '--',
        '| 0 => rfl\n',
        'lemma h : True := trivial\n',
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join('')),
);

describe('whatever a model answers', () => {
  test('it never throws, and a submission of the form proof leaves the statement as it was', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (answer, whole) => {
        const cleaned = clean(answer, theorem, { whole });
        if (cleaned.submission === null) expect(cleaned.unusable.length).toBeGreaterThan(0);
        else if (cleaned.submission.form === 'proof') {
          expect(commandText(STATEMENT, cleaned.submission).startsWith(`${STATEMENT} := `)).toBe(true);
          expect(cleaned.submission.text.trim()).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('declarations hold the theorem by its name', () => {
    fc.assert(
      fc.property(text, (answer) => {
        const { submission } = clean(answer, theorem);
        if (submission?.form === 'declarations') expect(submission.text).toMatch(/theorem\s+add_swap/);
      }),
      { numRuns: 500 },
    );
  });

  const line = fc
    .array(
      fc.constantFrom(
        'simp',
        'omega',
        'intro x',
        'rw [h]',
        'exact ⟨a, b⟩',
        'cases h with | inl h => rfl | inr h => rfl',
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((lines) => `by\n${lines.map((l) => `  ${l}`).join('\n')}`);

  test('a proof comes through every wrapping unchanged, and cleaning it again changes nothing', () => {
    const wrap = fc.constantFrom<(p: string) => string>(
      (p) => fenced(p),
      (p) => fenced(`:= ${p}`),
      (p) => fenced(`${STATEMENT} := ${p}`),
      (p) => fenced(`theorem add_swap  (a b :\n Nat) : a + b = b + a\n   := ${p}`),
      (p) => JSON.stringify({ proof: p }),
      (p) => fenced(`import Mathlib\n${STATEMENT} := ${p}\n#check add_swap`),
      (p) => `${fenced('by sorry')}\n${fenced(p)}`,
    );
    fc.assert(
      fc.property(line, wrap, (p, by) => {
        const once = submission(by(p));
        expect(once).toEqual({ form: 'proof', text: p });
        expect(submission(fenced(once!.text))).toEqual(once);
      }),
    );
  });
});
