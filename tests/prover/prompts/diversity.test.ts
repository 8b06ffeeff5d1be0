import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildPrompt, PROMPT_VARIANTS } from '../../../src/prover/prompts/build.ts';
import { lemmaPart, MAX_LEMMA_BYTES, MAX_LEMMAS } from '../../../src/prover/prompts/lemmas.ts';
import type { Feedback } from '../../../src/prover/prover.ts';
import { requestOf } from '../support.ts';

const lemma = fc.record({
  name: fc.stringMatching(/^[A-Z][a-z]{1,6}\.[a-z_]{1,12}$/),
  type: fc.string({ maxLength: 400 }),
});
const lemmas = fc.array(lemma, { maxLength: 40 });
const failed = (text: string): Feedback => ({
  submission: { form: 'proof', text },
  diagnostics: [],
  why: 'Lean reports errors',
});
const feedback = fc.array(fc.constantFrom('by omega', 'by simp', 'by decide').map(failed), { maxLength: 3 });
const variant = fc.constantFrom(...PROMPT_VARIANTS.map((v) => v.name));
const round = fc.integer({ min: 1, max: 9 });

describe('samples of a round', () => {
  test('k samples have k distinct prompts, whatever is known of the theorem', () => {
    fc.assert(
      fc.property(lemmas, feedback, variant, round, fc.integer({ min: 2, max: 120 }), (l, f, v, r, k) => {
        const prompts = Array.from(
          { length: k },
          (_, sample) =>
            buildPrompt(requestOf({ round: r, sample, feedback: f, lemmas: l, variant: v })).user,
        );
        expect(new Set(prompts).size).toBe(k);
      }),
      { numRuns: 60 },
    );
  });

  test('also thousands of them', () => {
    const prompts = Array.from({ length: 3_000 }, (_, sample) => buildPrompt(requestOf({ sample })).user);
    expect(new Set(prompts).size).toBe(3_000);
  });

  test('the same request gives the same prompt', () => {
    fc.assert(
      fc.property(lemmas, feedback, variant, round, fc.nat(50), (l, f, v, r, sample) => {
        const request = () => requestOf({ round: r, sample, feedback: f, lemmas: [...l], variant: v });
        expect(buildPrompt(request())).toEqual(buildPrompt(request()));
      }),
    );
  });

  test('a sample takes another approach in the next round, and the first of all takes none', () => {
    const approach = (round: number, sample: number) =>
      /Approach to try this time: (.*)/.exec(buildPrompt(requestOf({ round, sample })).user)?.[1];
    expect(approach(1, 0)).toBeUndefined();
    for (let sample = 1; sample < 9; sample++) expect(approach(1, sample)).not.toBe(approach(2, sample));
  });

  test('two samples that repair the same attempt are told apart, two that repair different ones are left alone', () => {
    const user = (sample: number, again: number) =>
      buildPrompt(requestOf({ round: 2, sample, feedback: [{ ...failed('by simp'), again }] })).user;
    expect(user(1, 0)).not.toContain('Approach');
    expect(user(1, 1)).toContain('Approach');
  });
});

describe('lemmas in the prompt', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ name: `Nat.l${i}`, type: `∀ n, n + ${i} = n` }));

  test('the most relevant stand in every sample, the rest takes turns', () => {
    const named = (round: number, sample: number) =>
      [...lemmaPart(many, round, sample)!.matchAll(/Nat\.l(\d+) :/g)].map((m) => Number(m[1]));
    expect(named(1, 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(named(1, 1).slice(0, 4)).toEqual([0, 1, 2, 3]);
    const seen = new Set([0, 1, 2, 3].flatMap((sample) => named(1, sample)));
    expect(seen.size).toBe(30);
  });

  test('the section keeps its bound, and its text stays in its block', () => {
    fc.assert(
      fc.property(lemmas, round, fc.nat(30), (l, r, sample) => {
        const part = lemmaPart(l, r, sample);
        if (l.length === 0) expect(part).toBeNull();
        if (part === null) return;
        const lines = part.split('\n');
        expect(lines.length).toBeLessThanOrEqual(MAX_LEMMAS + 3);
        expect(Buffer.byteLength(lines.slice(2, -1).join('\n'))).toBeLessThanOrEqual(MAX_LEMMA_BYTES);
        expect(lines.at(-1)).toMatch(/^`{3,}$/);
        expect(lines.slice(2, -1)).not.toContain(lines.at(-1));
      }),
    );
  });

  test('they stand behind the theorem and before what changes with the sample', () => {
    const { user } = buildPrompt(requestOf({ lemmas: many.slice(0, 2), sample: 3 }));
    const at = user.indexOf('Nat.l0 : ∀ n, n + 0 = n');
    expect(at).toBeGreaterThan(user.indexOf('sorry'));
    expect(at).toBeLessThan(user.indexOf('Approach'));
  });
});
