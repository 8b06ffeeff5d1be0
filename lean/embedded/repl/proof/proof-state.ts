import type { Monads } from '../../elaborate/monads.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';
import type { createContextInfos } from './context-info.ts';

/** A place in a proof at which tactics can be run: what the original calls a ProofSnapshot. Every reference is owned. */
export type ProofState = {
  /** `Core.State`, `Core.Context`, `Meta.State`, `Meta.Context`, `Term.State`. */
  readonly coreState: Obj;
  readonly coreContext: Obj;
  readonly metaState: Obj;
  readonly metaContext: Obj;
  readonly termState: Obj;
  /** Lists of `MVarId`. */
  readonly goals: Obj;
  readonly rootGoals: Obj;
};

/* Core.State {env, ..}, LocalContext {fvarIdToDecl, decls, ..}, Expr.mvar {mvarId}. */
export const ENV = 0;
const DECLS = 1;
const MVAR_ID = 0;
/* MetavarDecl {userName, lctx, ..}. */
const LOCAL_CONTEXT = 1;
/** `MetavarKind.natural`. */
const NATURAL = 0;

export type Where = {
  /** `ContextInfo`, with the metavariables of the place. */
  readonly context: Obj;
  /** Null: that of the first goal or root goal. */
  readonly localContext: Obj | null;
  /** Environment to use instead of the one at the place, which has what the command itself declares. */
  readonly env: Obj | null;
  readonly goals: readonly Obj[];
  /** Null: the goals. */
  readonly rootGoals: readonly Obj[] | null;
  /** Each becomes one more goal. */
  readonly types: readonly Obj[];
};

/** Makes proof states; all arguments are borrowed. */
export function createProofStates(
  lean: InstanceRuntime,
  monads: Monads,
  contexts: ReturnType<typeof createContextInfos>,
) {
  const { W, inc, box, field, hold } = lean;

  const localContextOf = (where: Where): Obj => {
    if (where.localContext !== null) return where.localContext;
    const goal = where.goals[0] ?? where.rootGoals?.[0];
    const found =
      goal === undefined
        ? box(0)
        : hold(W('l_Lean_MetavarContext_findDecl_x3f___boxed')(inc(contexts.mctx(where.context)), inc(goal)));
    return lean.isBox(found)
      ? lean.global('l_Lean_LocalContext_empty')
      : field(field(found, 0), LOCAL_CONTEXT);
  };

  const create = (where: Where): ProofState => {
    const localContext = localContextOf(where);
    const declarations = lean
      .persistentItems(field(localContext, DECLS))
      .filter((option) => !lean.isBox(option))
      .map((option) => field(option, 0));
    let made: ProofState | null = null;
    monads.runMeta(where.context, localContext, (outer) =>
      monads.withMetaAction(
        (scope) => {
          const fresh = where.types.map((type) => {
            const some = lean.ctor(1, [inc(type)]);
            const mvar = hold(
              monads.inMeta(scope, 'l_Lean_Meta_mkFreshExprMVar___boxed', some, box(NATURAL), box(0)),
            );
            return field(mvar, MVAR_ID);
          });
          const goals = [...where.goals, ...fresh];
          const core = monads.read(scope.coreState);
          made = {
            coreState: where.env === null ? inc(core) : lean.withField(core, ENV, inc(where.env)),
            coreContext: inc(scope.coreContext),
            metaState: inc(monads.read(scope.metaState)),
            metaContext: inc(scope.metaContext),
            termState: inc(lean.global('l_Lean_Elab_Term_instInhabitedState_default')),
            goals: lean.list(goals.map(inc)),
            rootGoals: lean.list((where.rootGoals ?? goals).map(inc)),
          };
          return box(0);
        },
        (closure) =>
          W('l_Lean_Meta_withLocalInstancesImp___redArg___boxed')(
            lean.list(declarations.map(inc)),
            closure,
            inc(outer.metaContext),
            inc(outer.metaState),
            inc(outer.coreContext),
            inc(outer.coreState),
            box(0),
          ),
      ),
    );
    return made!;
  };

  /** The goals as text, each by itself. */
  const goalTexts = (state: ProofState): string[] => {
    const metaState = monads.reference(state.metaState);
    const texts: string[] = [];
    monads.runCore(state.coreContext, state.coreState, (core) => {
      const scope = { ...core, metaState, metaContext: state.metaContext };
      for (const goal of lean.listItems(state.goals))
        texts.push(monads.pretty(monads.inMeta(scope, 'l_Lean_Meta_ppGoal___boxed', inc(goal))));
      return box(0);
    });
    return texts;
  };

  const release = (state: ProofState): void => {
    for (const reference of Object.values(state)) lean.dec(reference);
  };

  return { create, goalTexts, release };
}
