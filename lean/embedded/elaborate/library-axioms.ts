import type { Diagnostic } from '../../../src/model/index.ts';
import { declaredAt } from '../../check/declared-at.ts';

const LISTED = /^('[^\n]*' depends on axioms: )\[([^\]]*)\]$/u;
const STANDARD = ['propext', 'Classical.choice', 'Quot.sound'];
const AXIOMS = new Set([
  ...STANDARD,
  'sorryAx',
  'Lean.ofReduceBool',
  'Lean.ofReduceNat',
  'Lean.trustCompiler',
]);

/**
 * The package ships the theorems of the library without proofs, so that they look like axioms to `#print axioms`. Where
 * a theorem of the library is listed, Lean's three axioms stand instead: it rests on these at most, and nobody can
 * tell on which. `text` is the file: what it declares itself is left as it is.
 */
export function withLibraryAxioms(message: Diagnostic, text: string): Diagnostic {
  const found = message.severity === 'info' ? LISTED.exec(message.text) : null;
  if (found === null) return message;
  const names = found[2]!.split(',').map((name) => name.trim());
  const own = names.filter((name) => AXIOMS.has(name) || declaredAt(text, name) !== null);
  const axioms = new Set(own.length < names.length ? [...own, ...STANDARD] : own);
  return { ...message, text: `${found[1]}[${[...axioms].sort(byName).join(', ')}]` };
}

/** As Lean orders names: shorter ones first. */
const byName = (a: string, b: string): number =>
  a.split('.').length - b.split('.').length || (a < b ? -1 : Number(a > b));
