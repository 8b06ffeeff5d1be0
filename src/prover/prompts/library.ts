import { tokenize } from '../../lean-text/lexer.ts';

/** Modules that a header imports, in order. */
export const modulesOf = (header: string): string[] => {
  const words = tokenize(header).filter((t) => t.kind === 'word');
  return words.flatMap((t, i) => (words[i - 1]?.text === 'import' ? [t.text] : []));
};

export const hasMathlib = (header: string): boolean =>
  modulesOf(header).some((m) => m === 'Mathlib' || m.startsWith('Mathlib.'));

/** Tactics that models know from Mathlib and that core Lean has not; a test asks Lean. */
export const NOT_IN_CORE: readonly string[] =
  'ring linarith nlinarith norm_num positivity field_simp aesop use by_contra push_neg interval_cases tauto'.split(
    ' ',
  );

/** Tactics of core Lean that carry most proofs; a test asks Lean. */
export const IN_CORE: readonly string[] =
  'omega grind decide simp simp_all rw exact apply refine constructor exists intro rintro obtain rcases cases induction fun_induction split by_cases exfalso contradiction ext funext calc'.split(
    ' ',
  );

/** What may be used besides the given context. */
export const libraryRule = (header: string): string => {
  const modules = modulesOf(header);
  if (hasMathlib(header))
    return `Imported: ${modules.join(', ')}. Only what these modules bring in may be used.`;
  return `Imported: ${modules.length === 0 ? 'Init' : modules.join(', ')} (core Lean, no Mathlib). Missing are ${NOT_IN_CORE.join(', ')}, ℝ, Finset. At hand are ${IN_CORE.join(', ')}.`;
};

/** What proofs in core Lean stumble over, for those who want to be told. */
export const HINTS_ON_LEAN = `- \`omega\` decides linear arithmetic over Nat and Int (with /, % by literals); it does not multiply variables: name a product with \`generalize\` or rewrite it first.
- \`grind\` closes goals by congruence, case splits, linear and ring arithmetic and the facts given as \`grind [lemma, f]\`.
- On Nat, \`a - b\` is 0 where a < b, and \`/\` rounds down: bring \`a ≤ b\` into the context before you rewrite.
- A recursive function is unfolded by \`simp [f]\` or \`rw [f]\`; \`fun_induction f x\` gives the cases of its recursion. Generalize the accumulators first (\`induction xs generalizing acc\`).
- \`decide\` is for closed goals with small numbers only.`;
