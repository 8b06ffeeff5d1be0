import type { LeanRuntime, Obj } from '../runtime/types.ts';

const TRUE = 1;

/** Has the declaration (all borrowed) the attribute `deprecated`? */
export function isDeprecated(lean: LeanRuntime, env: Obj, name: Obj): boolean {
  const answer = lean.W('l_Lean_Linter_isDeprecated___boxed')(lean.inc(env), lean.inc(name));
  return lean.unbox(answer) === TRUE;
}

/** The name to use in its place, if it says one. Held. */
export function newNameOf(lean: LeanRuntime, env: Obj, name: Obj): Obj | null {
  const found = lean.hold(lean.W('l_Lean_Linter_getDeprecatedNewName')(lean.inc(env), lean.inc(name)));
  return lean.isBox(found) ? null : lean.field(found, 0);
}
