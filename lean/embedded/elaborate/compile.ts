import type { LeanRuntime, Obj } from '../runtime/types.ts';

/** Field of `Lean.Elab.Command.State`: the list of scopes, the innermost first. */
const SCOPES = 2;
/** Of a scope, in its scalar area. */
const IS_NONCOMPUTABLE = 0;

/*
 * The package holds no code of the library's own functions, so a definition over lists does not compile
 * (`List.reverse._redArg`). In a noncomputable scope, as `noncomputable section` makes it, that is no error.
 */

/** The state (consumed) with its innermost scope noncomputable or not. Owned. */
export function withNoncomputable(lean: LeanRuntime, state: Obj, noncomputable: boolean): Obj {
  const scopes = lean.field(state, SCOPES);
  const innermost = lean.field(scopes, 0);
  const changed = lean.withField(innermost, 0, lean.inc(lean.field(innermost, 0)));
  lean.setByte(changed, IS_NONCOMPUTABLE, noncomputable ? 1 : 0);
  const next = lean.withField(state, SCOPES, lean.ctor(1, [changed, lean.inc(lean.field(scopes, 1))]));
  lean.dec(state);
  return next;
}

/** Commands that run code: in a noncomputable scope they say nothing at all where it does not compile. */
const RUNS_CODE = /^Lean\.(Parser\.Command\.eval|run(Cmd|Elab|Meta)$)/;

export const needsCode = (lean: LeanRuntime, command: Obj): boolean =>
  !lean.isBox(command) && lean.tag(command) === 1 && RUNS_CODE.test(lean.nameText(lean.field(command, 1)));
