import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprintOf, normalised } from '../../src/lean-text/fingerprint.ts';

const same = (a: string, b: string) => expect(normalised(a)).toBe(normalised(b));
const differ = (a: string, b: string) => expect(normalised(a)).not.toBe(normalised(b));

test('comments, blank lines, spacing and the indentation of the whole are no difference', () => {
  same('by simp', 'by   simp  -- done');
  same('by simp', '/- first -/ by\tsimp');
  same('by\n  intro x\n  simp', 'by\n\n    intro x   -- take it\n    /- then -/\n    simp\n');
  same('by\r\n  simp', 'by\n  simp');
});

test('what Lean can tell apart stays apart', () => {
  differ('by simp', 'by simpa');
  differ('f (x)', 'f(x)');
  differ('x.1', 'x .1');
  differ('by simp', 'by\n  simp');
  differ('"a  b"', '"a b"');
  differ('by\n  cases h\n  · simp\n  simp', 'by\n  cases h\n  · simp\n    simp');
  differ('fun x =>\n  x\n y', 'fun x =>\n  x\n  y');
  differ('"a\n" x', '"a\n"\nx');
  expect(fingerprintOf({ form: 'proof', text: 'x' })).not.toBe(
    fingerprintOf({ form: 'declarations', text: 'x' }),
  );
});

test('any text has a fingerprint, and spaces at line ends never change it', () => {
  const line = fc.stringMatching(/^[ a-z()⟨⟩0-9:=·]{0,12}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      same(lines.join('\n'), lines.map((l) => `${l}  `).join('\n'));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void fingerprintOf({ form: 'proof', text })),
  );
});

test('fingerprints of many small proofs do not meet', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 20_000; i++) seen.add(fingerprintOf({ form: 'proof', text: `by simp [h${i}]` }));
  expect(seen.size).toBe(20_000);
});
