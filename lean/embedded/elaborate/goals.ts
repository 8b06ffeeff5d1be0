import type { LeanRuntime, Obj } from '../runtime/types.ts';

const WIDTH = 120;
/** Fields of `CommandContextInfo` (env, cmdEnv?, fileMap, mctx, ..), which is field 0 of a `ContextInfo`. */
const METAVARIABLES = 3;

/** Prints goals as the Lean REPL does. A context is a `Lean.Elab.ContextInfo`. */
export function createGoalPrinter(lean: LeanRuntime) {
  const withMetavariables = (context: Obj, mctx: Obj): Obj =>
    lean.hold(
      lean.withField(context, 0, lean.withField(lean.field(context, 0), METAVARIABLES, lean.inc(mctx))),
    );

  const goal = (context: Obj, mvar: Obj): string => {
    const one = lean.list([lean.inc(mvar)]);
    const format = lean.io(
      lean.W('l_Lean_Elab_ContextInfo_ppGoals___boxed')(lean.inc(context), one, lean.box(0)),
    );
    const text = lean.hold(
      lean.W('l_Std_Format_pretty___boxed')(format, lean.box(WIDTH), lean.box(0), lean.box(0)),
    );
    return lean.stringText(text).trim();
  };

  let declared = 0;
  return {
    /** `goals`: a list of metavariables that `mctx` declares. */
    goalsIn: (context: Obj, mctx: Obj, goals: Obj): string[] => {
      const inside = withMetavariables(context, mctx);
      return lean.listItems(goals).map((mvar) => goal(inside, mvar));
    },
    /** A term `sorry` has no goal: one is declared with the expected type in the term's local context. */
    expectedType: (context: Obj, localContext: Obj, type: Obj): string => {
      const mvar = lean.hold(lean.name('_goal', declared++));
      const mctx = lean.hold(
        lean.W('l_Lean_MetavarContext_addExprMVarDecl___boxed')(
          lean.inc(lean.field(lean.field(context, 0), METAVARIABLES)),
          lean.inc(mvar),
          lean.box(0),
          lean.inc(localContext),
          lean.array([]),
          lean.inc(type),
          lean.box(0),
          lean.box(0),
        ),
      );
      return goal(withMetavariables(context, mctx), mvar);
    },
  };
}
