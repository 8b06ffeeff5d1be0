/** Namespaces of Lean's own machinery. */
const MACHINERY = new Set(['Lean', 'Lake', 'IO', 'EIO', 'ST', 'Internal', 'Impl', 'Omega', 'Linarith']);

/** Theorems that Lean makes of a definition or an inductive type by itself. */
const MADE = new Set(
  `rec recOn casesOn brecOn below ibelow noConfusion noConfusionType inj injEq sizeOf_spec ndrec ndrecOn recAux
   ctorIdx ctorElim toCtorIdx induct induct_unfolding fun_cases fun_cases_unfolding mutual_induct congr_simp hcongr
   partial_correctness fixpoint_induct eq_def eq_unfold ofNat_toNat_eq`.split(/\s+/),
);
const NUMBERED = /^(eq|match|proof|hcongr|congr|step|sizeOf|ctor|case)_\d+$/;

/** Is a declaration of this name one that a person would use? */
export function isHelpful(components: readonly (string | number)[]): boolean {
  const last = components.at(-1);
  if (typeof last !== 'string' || MADE.has(last) || NUMBERED.test(last) || /^inst[A-Z]/.test(last))
    return false;
  return components.every(
    (part) =>
      typeof part === 'string' && !part.startsWith('_') && !part.includes('✝') && !MACHINERY.has(part),
  );
}
