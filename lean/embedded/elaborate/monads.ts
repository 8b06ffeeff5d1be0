import type { InstanceRuntime } from '../runtime/runtime.ts';
import { LeanIoError, type Obj } from '../runtime/types.ts';

/* Arguments of a monadic action behind its own: contexts and state references, and a world token. */
const CORE_ARGUMENTS = 3;
const META_ARGUMENTS = 5;

/** Contexts (borrowed) and state references (borrowed) of an action that is running. */
export type CoreScope = { readonly coreContext: Obj; readonly coreState: Obj };
export type MetaScope = CoreScope & { readonly metaContext: Obj; readonly metaState: Obj };

export type Monads = ReturnType<typeof createMonads>;

/** Runs JavaScript as an action of Lean's `CoreM` and `MetaM`, and Lean's own actions inside of it. */
export function createMonads(lean: InstanceRuntime) {
  const { W, inc, box, hold } = lean;

  /** Text of a `MessageData` (borrowed). `BaseIO` cannot fail, so its value comes as it is. */
  const messageText = (message: Obj): string =>
    lean.stringText(hold(W('l_Lean_MessageData_toString___boxed')(inc(message), box(0))));

  /** Text of a `Lean.Exception` (borrowed), as `CoreM.toIO` words it. */
  const exceptionText = (exception: Obj): string => {
    if (lean.tag(exception) === INTERNAL)
      return `internal exception #${lean.natText(lean.field(exception, 0))}`;
    return messageText(lean.field(exception, 1));
  };

  /** The value of an `EIO Exception` result (consumed), owned; throws LeanIoError with the exception's text. */
  const value = (result: Obj): Obj => {
    if (lean.tag(result) !== 0) throw new LeanIoError(exceptionText(lean.field(hold(result), 0)));
    const found = inc(lean.field(result, 0));
    lean.dec(result);
    return found;
  };
  const ok = (found: Obj): Obj => lean.ctor(0, [found]);

  const inCore = (scope: CoreScope, symbol: string, ...args: readonly Obj[]): Obj =>
    value(W(symbol)(...args, inc(scope.coreContext), inc(scope.coreState), box(0)));

  const inMeta = (scope: MetaScope, symbol: string, ...args: readonly Obj[]): Obj =>
    value(
      W(symbol)(
        ...args,
        inc(scope.metaContext),
        inc(scope.metaState),
        inc(scope.coreContext),
        inc(scope.coreState),
        box(0),
      ),
    );

  /**
   * What JavaScript throws must not pass through Lean's frames when Lean itself is to go on: it is thrown again behind them.
   */
  const acting = (arity: number, action: (args: readonly Obj[]) => Obj, use: (closure: Obj) => Obj): Obj => {
    let thrown: { error: LeanIoError } | null = null;
    const done = lean.withCallback(
      arity,
      (...args) => {
        for (const argument of args) hold(argument);
        try {
          return ok(action(args));
        } catch (error) {
          if (!(error instanceof LeanIoError)) throw error;
          thrown = { error };
          return ok(box(0));
        }
      },
      use,
    );
    const failed = thrown as { error: LeanIoError } | null;
    if (failed) throw failed.error;
    return done;
  };

  const metaScope = ([metaContext, metaState, coreContext, coreState]: readonly Obj[]): MetaScope => ({
    metaContext: metaContext!,
    metaState: metaState!,
    coreContext: coreContext!,
    coreState: coreState!,
  });

  return {
    value,
    messageText,
    inCore,
    inMeta,
    /** Runs `work` as `info.runMetaM lctx`; it returns an owned object, and so does this. */
    runMeta: (info: Obj, localContext: Obj, work: (scope: MetaScope) => Obj): Obj =>
      lean.io(
        acting(
          META_ARGUMENTS,
          (args) => work(metaScope(args)),
          (closure) =>
            W('l_Lean_Elab_ContextInfo_runMetaM___redArg___boxed')(
              inc(info),
              inc(localContext),
              closure,
              box(0),
            ),
        ),
      ),
    /** Runs `work` as `CoreM.toIO` does, from a context and a state (borrowed); what it returns is owned. */
    runCore: (context: Obj, state: Obj, work: (scope: CoreScope) => Obj): Obj => {
      const pair = hold(
        lean.io(
          acting(
            CORE_ARGUMENTS,
            ([coreContext, coreState]) => work({ coreContext: coreContext!, coreState: coreState! }),
            (closure) =>
              W('l_Lean_Core_CoreM_toIO___redArg___boxed')(closure, inc(context), inc(state), box(0)),
          ),
        ),
      );
      return inc(lean.field(pair, 0));
    },
    /**
     * Runs Lean code (`use`) that takes an action: a closure of so many arguments, the world token counted.
     * The action's result is owned, and so is this one's, the value of an `EIO Exception` result.
     */
    withAction: (arity: number, action: (args: readonly Obj[]) => Obj, use: (closure: Obj) => Obj): Obj =>
      value(acting(arity, action, use)),
    withMetaAction: (work: (scope: MetaScope) => Obj, use: (closure: Obj) => Obj): Obj =>
      value(acting(META_ARGUMENTS, (args) => work(metaScope(args)), use)),
    /** For an `EIO Exception Unit`. */
    discard: (result: Obj): void => {
      lean.dec(value(result));
    },
    /** The present value of a state reference. Held. */
    read: (reference: Obj): Obj => hold(W('lean_st_ref_get')(reference)),
    /** A new reference to a value (borrowed). Held. */
    reference: (initial: Obj): Obj => hold(W('lean_st_mk_ref')(inc(initial))),
    pretty: (format: Obj): string => {
      const text = hold(W('l_Std_Format_pretty___boxed')(format, box(WIDTH), box(0), box(0)));
      return lean.stringText(text);
    },
  };
}

/** `Lean.Exception.internal`. */
const INTERNAL = 1;
/** `Std.Format.defWidth`. */
const WIDTH = 120;
