import { describe, expect, test } from '@jest/globals';
import type { Submission } from '../../src/model/index.ts';
import { clean } from '../../src/prover/clean.ts';
import { theoremOf } from './support.ts';

/** Answers in the forms that models are known to give, whole and as they come. */
const theorem = theoremOf();
const S = theorem.statement;
const proof = (text: string): Submission => ({ form: 'proof', text });
const OMEGA = proof('by\n  omega');
const submission = (answer: string, of = theorem, whole = true) => clean(answer, of, { whole }).submission;
const lean = (code: string): string => `\`\`\`lean4\n${code}\n\`\`\``;

describe('realistic answers', () => {
  test.each<[string, string, Submission | null]>([
    [
      'thoughts with a draft in a block, then the answer',
      `<think>\nLet me try\n${lean(`${S} := by\n  ring`)}\nNo, core Lean.\n</think>\n\n${lean(`${S} := by\n  omega`)}`,
      OMEGA,
    ],
    [
      'thoughts whose block is never closed',
      `<think>\n\`\`\`lean4\n${S} := by\n  ring\nhmm, wait\n</think>\n${lean(`${S} := by\n  omega`)}`,
      OMEGA,
    ],
    [
      'thoughts without a beginning (the template opened them)',
      `I would use ring.\n${lean('by ring')}\n</think>\n\n${lean(`${S} := by\n  omega`)}`,
      OMEGA,
    ],
    [
      'a Markdown block round the Lean block',
      `\`\`\`\`markdown\n# Proof\n${lean(`${S} := by\n  omega`)}\n\`\`\`\``,
      OMEGA,
    ],
    ['code on the line that opens the block', `\`\`\`lean4 ${S} := by\n  omega\n\`\`\``, OMEGA],
    ['a file name behind the language', `\`\`\`lean4 title="A.lean"\n${S} := by\n  omega\n\`\`\``, OMEGA],
    ['a language with a blank', `\`\`\`lean 4\n${S} := by\n  omega\n\`\`\``, OMEGA],
    ['a block that is called text', `\`\`\`text\n${S} := by\n  omega\n\`\`\``, OMEGA],
    [
      'no block, prose before and behind',
      `Here is the proof:\n\n${S} := by\n  omega\n\nIt works since addition commutes.`,
      OMEGA,
    ],
    [
      'no block, prose round a helper and the theorem',
      `Proof.\n\nlemma h : True := trivial\n\n${S} := by\n  omega\n\nThat is all.`,
      { form: 'declarations', text: `theorem h : True := trivial\n\n${S} := by\n  omega` },
    ],
    ['no block, code first', `${S} := by\n  omega\n\nThis works since addition commutes.`, OMEGA],
    [
      'a plan, steps with scraps of code, then the whole',
      `## Plan\n1. Use \`omega\`.\n\n${lean('have h : a + b = b + a')}\n\n## Code\n${lean(`${S} := by\n  omega`)}\n\n**Explanation**: done.`,
      OMEGA,
    ],
    ['non-breaking blanks', lean(`${S} :=\u00a0by\n\u00a0\u00a0omega`), OMEGA],
    ['zero-width characters', lean(`\ufeff${S} := by\u200b\n  omega`), OMEGA],
    ['line ends of Windows', lean(`${S} := by\n  omega`).replaceAll('\n', '\r\n'), OMEGA],
    ['a JSON string as a whole', JSON.stringify(`${S} := by\n  omega`), OMEGA],
    [
      'JSON behind prose',
      `Sure:\n{"plan": "omega", "lean4_code": ${JSON.stringify(`${S} := by\n  omega`)}}`,
      OMEGA,
    ],
    ['JSON with a nested answer', JSON.stringify({ result: { code: `${S} := by\n  omega` } }), OMEGA],
    ['an attribute and lemma', lean(`@[simp] lemma${S.slice(7)} := by\n  omega`), OMEGA],
    ['attributes on a line of their own', lean(`@[simp]\n@[grind =]\n${S} := by\n  omega`), OMEGA],
    [
      'a namespace of its own',
      lean(`import Mathlib\n\nnamespace Solution\n\n${S} := by\n  omega\n\nend Solution`),
      OMEGA,
    ],
    ['a section of its own', lean(`section\n${S} := by\n  omega\nend`), OMEGA],
    [
      'open … in before it',
      lean(`open Nat in\n${S} := by\n  omega`),
      { form: 'declarations', text: `open Nat in\n\n${S} := by\n  omega` },
    ],
    [
      'a helper in a namespace of its own',
      lean(`namespace S\ntheorem h : True := trivial\n${S} := by\n  omega\nend S`),
      { form: 'declarations', text: `theorem h : True := trivial\n\n${S} := by\n  omega` },
    ],
    ['Lean 3 as a whole', lean(`lemma${S.slice(7)} :=\nbegin\n  omega,\nend`), OMEGA],
    [
      'a sketch with sorry and then the whole',
      `${lean(`${S} := by\n  sorry`)}\n${lean(`${S} := by\n  omega`)}`,
      OMEGA,
    ],
    ['the question repeated and nothing else', lean(`${S} := by\n  sorry`), proof('by\n  sorry')],
    ['an apology', 'I was not able to find a proof of this theorem. I am sorry.', null],
    ['an empty text', '   \n', null],
  ])('%s', (_, answer, expected) => {
    expect(submission(answer)).toEqual(expected);
  });

  test('a cut answer gives what is whole, never a half proof', () => {
    const half = `${lean(`${S} := by\n  omega`)}\nBetter:\n\`\`\`lean4\n${S} := by\n  have h := Nat.add_c`;
    expect(submission(half, theorem, false)).toEqual(OMEGA);
    expect(submission(`\`\`\`lean4\n${S} := by\n  have h := Nat.add_c`, theorem, false)).toBeNull();
    expect(submission(`<think>\n${lean('by omega')}\nstill think`, theorem, false)).toBeNull();
    expect(submission(`${S} := by\n  have h := Nat.add_c`, theorem, false)).toBeNull();
  });

  test('binders in another layout are another text: it goes to the checker, which compares the types', () => {
    const other = 'theorem add_swap (a : Nat) (b : Nat) : a + b = b + a := by\n  omega';
    expect(submission(lean(other))).toEqual({ form: 'declarations', text: other });
    expect(submission(lean(`/-- Doc. -/\n@[simp] ${other}`))).toMatchObject({ form: 'declarations' });
  });

  test('a theorem in the namespace of its context is found with and without it', () => {
    const of = theoremOf({ context: 'namespace Nat.Own\n\ndef two := 2\n\n' });
    for (const code of [
      `${S} := by\n  omega`,
      `namespace Nat.Own\n\ndef two := 2\n\n${S} := by\n  omega\n\nend Nat.Own`,
      `namespace Nat.Own\n${S} := by\n  omega\nend Nat.Own`,
    ])
      expect(submission(lean(code), of)).toEqual(OMEGA);
  });
});
