import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { CommandState, Obj } from '../../runtime/types.ts';

const TERM_ARGUMENTS = 7;
/** `isNoncomputableSection` in the scalar area of a `Term.Context`. */
const IS_NONCOMPUTABLE = 4;

/**
 * A `Lean.Elab.Term.Context` with default values, kept for ever. It holds a closure that the module does not export, so
 * it is taken from Lean itself: from an action of the elaborator at the start of an empty file.
 */
export function defaultTermContext(lean: InstanceRuntime, emptyFile: CommandState): Obj {
  const { W, inc, box } = lean;
  return lean.scope(() => {
    const input = lean.hold(
      W('l_Lean_Parser_mkInputContext___redArg___boxed')(lean.string(''), lean.string(''), box(1), box(0)),
    );
    const fileName = lean.field(input, 1);
    const fileMap = lean.field(input, 2);
    const none = box(0);
    const context = lean.ctor(
      0,
      [inc(fileName), inc(fileMap), none, none, none, none, box(1), none, none, none],
      [0],
    );
    const state = lean.hold(W('lean_st_mk_ref')(inc(emptyFile.command)));
    let found: Obj = none;
    const result = lean.withCallback(
      TERM_ARGUMENTS,
      (...args) => {
        for (const argument of args) lean.hold(argument);
        found = lean.withField(args[0]!, 0, inc(lean.field(args[0]!, 0)));
        return lean.ctor(0, [none]);
      },
      (closure) =>
        W('l_Lean_Elab_Command_liftTermElabM___redArg___boxed')(closure, context, inc(state), none),
    );
    lean.dec(result);
    lean.setByte(found, IS_NONCOMPUTABLE, 0);
    return found;
  });
}
