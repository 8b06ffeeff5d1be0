import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProofKeyParts, VerdictKeyParts } from '../../src/store/keys.ts';
import { canonicalJson, contentKey, proofKey, responseKey, verdictKey } from '../../src/store/keys.ts';

/** Any JavaScript string, lone surrogates included, with many short ones that would collide if joined. */
const part = fc.oneof(
  fc.constantFrom('', 'a', 'aa', '1:a', '2:', ':', '0:', '\ud800', '\udfff', '\ufffd'),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 }).map((u) => String.fromCharCode(...u)),
);
const parts = fc.array(part, { maxLength: 5 });

const challenge = fc.record(
  { name: part, header: part, context: part, ownContext: part, statement: part },
  { requiredKeys: ['name', 'header', 'context', 'statement'] },
);
const proofParts: fc.Arbitrary<ProofKeyParts> = fc.record({
  leanBuildHash: part,
  checkerVersion: part,
  headerKey: part,
  challenge,
  options: fc.record({ heartbeats: fc.nat(3) }),
  checks: fc.uniqueArray(part, { maxLength: 3 }),
});
const verdictParts: fc.Arbitrary<VerdictKeyParts> = fc
  .tuple(proofParts, fc.record({ form: fc.constantFrom('proof', 'declarations'), text: part }))
  .map(([p, submission]) => ({ ...p, submission }));

const example: VerdictKeyParts = {
  leanBuildHash: 'b',
  checkerVersion: '1',
  headerKey: 'Init',
  challenge: { name: 't', header: '', context: 'variable (n : Nat)\n', statement: 'theorem t : n + 0 = n' },
  options: { heartbeats: 200_000 },
  checks: ['statement', 'axioms'],
  submission: { form: 'proof', text: 'by simp' },
};

test('what was judged as the text of somebody else is not taken for the same text of the user, nor the other way round', () => {
  const foreign = { ...example, challenge: { ...example.challenge, provenance: 'foreign' as const } };
  const own = { ...example, challenge: { ...example.challenge, provenance: 'own' as const } };
  expect(proofKey(foreign)).not.toBe(proofKey(example));
  expect(verdictKey(foreign)).not.toBe(verdictKey(example));
  expect(proofKey(own)).toBe(proofKey(example));
});

describe('content keys', () => {
  test('two different lists of parts have different keys, however they would read when joined', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(contentKey('k', a) === contentKey('k', b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 2000 },
    );
  });

  test('moving a piece of text from one part to the next changes the key', () => {
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        fc.pre(b !== '');
        expect(contentKey('k', [a + b, c])).not.toBe(contentKey('k', [a, b + c]));
      }),
      { numRuns: 1000 },
    );
  });

  test('the kind is part of the key, and a key is 64 hex digits', () => {
    expect(contentKey('a', ['x'])).not.toBe(contentKey('b', ['x']));
    expect(contentKey('a', ['x'])).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the same value has one canonical JSON, whatever the order of its fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('verdict and proof keys', () => {
  test('two judgements share a key only if all that decides them is equal', () => {
    const decisive = (p: VerdictKeyParts) =>
      JSON.stringify({
        ...p,
        challenge: { ...p.challenge, header: p.challenge.header.split('\n').length },
        checks: [...p.checks].sort(),
      });
    fc.assert(
      fc.property(verdictParts, verdictParts, (a, b) => {
        const mixed = { ...a, challenge: { ...a.challenge, context: b.challenge.context } };
        for (const other of [b, mixed])
          expect(verdictKey(a) === verdictKey(other)).toBe(
            canonicalJson(JSON.parse(decisive(a))) === canonicalJson(JSON.parse(decisive(other))),
          );
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['an open', 'open Nat\nvariable (n : Nat)\n'],
    ['another variable', 'variable (n : Int)\n'],
    ['a definition', 'def f := 1\nvariable (n : Nat)\n'],
    ['a line end', 'variable (n : Nat)\r\n'],
  ])('the same statement under %s has other keys', (_, context) => {
    const other = { ...example, challenge: { ...example.challenge, context } };
    expect(verdictKey(other)).not.toBe(verdictKey(example));
    expect(proofKey(other)).not.toBe(proofKey(example));
  });

  test('the same context has other keys where the user wrote something else in its place', () => {
    const own = (ownContext: string) => ({ ...example, challenge: { ...example.challenge, ownContext } });
    const keys = [example, own(''), own('open Nat\n')].flatMap((p) => [verdictKey(p), proofKey(p)]);
    expect(new Set(keys).size).toBe(6);
  });

  test.each<[string, Partial<VerdictKeyParts>]>([
    ['Lean build', { leanBuildHash: 'c' }],
    ['checker', { checkerVersion: '2' }],
    ['set of imports', { headerKey: 'Init,Std' }],
    ['heartbeat limit', { options: { heartbeats: 400_000 } }],
    ['set of checks', { checks: ['statement', 'axioms', 'replay'] }],
  ])('another %s gives other keys', (_, change) => {
    expect(verdictKey({ ...example, ...change })).not.toBe(verdictKey(example));
    expect(proofKey({ ...example, ...change })).not.toBe(proofKey(example));
  });

  test('a proof key is the same for all submissions, a verdict key is not', () => {
    const other: VerdictKeyParts = { ...example, submission: { form: 'declarations', text: 'by simp' } };
    expect(proofKey(other)).toBe(proofKey(example));
    expect(verdictKey(other)).not.toBe(verdictKey(example));
  });

  test('a header with the same imports on more lines shares proofs, not verdicts with their positions', () => {
    const other = { ...example, challenge: { ...example.challenge, header: '-- a remark\n\nimport Init\n' } };
    expect(proofKey(other)).toBe(proofKey(example));
    expect(verdictKey(other)).not.toBe(verdictKey(example));
  });

  test('neither the order of the checks nor the wall clock is a difference', () => {
    const options = { heartbeats: 200_000, wallMs: 1 };
    expect(verdictKey({ ...example, options, checks: ['axioms', 'statement'] })).toBe(verdictKey(example));
  });
});

describe('response keys', () => {
  const prompt = { model: 'm', system: 's', user: 'u', params: { seed: 1, thinking: 'LOW' } };

  test('samples of one prompt have keys of their own', () => {
    const keys = new Set([0, 1, 2, 10].map((sample) => responseKey(prompt, sample)));
    expect(keys.size).toBe(4);
  });

  test('model, parameters and both prompt texts count; the order of parameters does not', () => {
    const key = responseKey(prompt, 0);
    expect(responseKey({ ...prompt, params: { thinking: 'LOW', seed: 1 } }, 0)).toBe(key);
    for (const change of [{ model: 'n' }, { system: 'su', user: '' }, { user: 'v' }, { params: { seed: 2 } }])
      expect(responseKey({ ...prompt, ...change }, 0)).not.toBe(key);
    expect(responseKey(prompt, 0, 'another endpoint')).not.toBe(key);
  });
});
