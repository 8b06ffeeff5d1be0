import type { MetaScope, Monads } from '../../elaborate/monads.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import { LeanIoError, type Obj } from '../../runtime/types.ts';
import { createAbstraction } from './abstract.ts';
import type { ProofState } from './proof-state.ts';

/* Meta.State {mctx, ..}; Meta.Context {.., lctx (2), localInstances (3), ..};
   MetavarDecl {userName, lctx, type, depth, localInstances, ..}. */
const MCTX = 0;
const CONTEXT_LCTX = 2;
const CONTEXT_INSTANCES = 3;
const DECL_LCTX = 1;
const DECL_INSTANCES = 4;
/* CollectLevelParams.State {.., params (2)}. */
const PARAMS = 2;
/* Declaration.defnDecl; its value has one scalar, the safety. */
const DEFINITION = 1;
const SAFE = 1;
const OPAQUE_HINTS = 0;

/** What the original answers as `proofStatus`: the proof of the root goal is given to the kernel once no goal is left. */
export function createProofStatus(lean: InstanceRuntime, monads: Monads) {
  const { W, inc, box, field, hold } = lean;
  const abstracted = createAbstraction(lean, monads);
  const is = (symbol: string, e: Obj) => W(symbol)(inc(e)) === box(1);

  const instantiate = (scope: MetaScope, e: Obj): Obj => {
    const mctx = field(monads.read(scope.metaState), MCTX);
    return field(hold(W('lean_instantiate_expr_mvars')(inc(mctx), inc(e))), 1);
  };
  const typeOf = (scope: MetaScope, e: Obj): Obj =>
    instantiate(scope, hold(monads.inMeta(scope, 'l_Lean_Meta_inferType___boxed', inc(e))));
  const textOf = (e: Obj) => lean.stringText(hold(W('l_Lean_Expr_dbgToString___boxed')(inc(e))));

  const definition = (type: Obj, value: Obj): Obj => {
    const anonymous = box(0);
    const collect = (levels: Obj, e: Obj) => W('l_Lean_collectLevelParams')(levels, inc(e));
    const levels = hold(
      collect(collect(inc(lean.global('l_Lean_CollectLevelParams_instInhabitedState')), type), value),
    );
    const params = lean.list(lean.arrayItems(field(levels, PARAMS)).map(inc));
    const constant = lean.ctor(0, [anonymous, params, inc(type)]);
    const all = lean.list([anonymous]);
    return lean.ctor(DEFINITION, [lean.ctor(0, [constant, inc(value), box(OPAQUE_HINTS), all], [SAFE])]);
  };

  /** In the local context of the goal, whose assigned proof `found` is. */
  const judge = (scope: MetaScope, goal: Obj, localContext: Obj, found: Obj): string => {
    const proof = instantiate(scope, found);
    const type = typeOf(scope, proof);
    const expected = typeOf(scope, hold(W('l_Lean_Expr_mvar___override')(inc(goal))));
    const same = monads.inMeta(scope, 'l_Lean_Meta_isDefEq___boxed', inc(type), inc(expected));
    if (same !== box(1))
      return `Error: proof has type ${textOf(type)} but root goal has type ${textOf(expected)}`;
    const closed = instantiate(scope, abstracted(scope, localContext, proof));
    const closedType = typeOf(scope, closed);
    if (is('l_Lean_Expr_hasExprMVar___boxed', closed)) return 'Incomplete: contains metavariable(s)';
    try {
      lean.dec(monads.inCore(scope, 'l_Lean_addDecl___boxed', definition(closedType, closed), box(0)));
    } catch (error) {
      if (!(error instanceof LeanIoError)) throw error;
      return `Error: kernel type check failed: ${error.message}`;
    }
    return is('l_Lean_Expr_hasSorry___boxed', closed) ? 'Incomplete: contains sorry' : 'Completed';
  };

  return (state: ProofState): string => {
    if (lean.listItems(state.goals).length > 0) return 'Incomplete: open goals remain';
    const [goal, ...others] = lean.listItems(state.rootGoals);
    if (goal === undefined || others.length > 0) return 'Not verified: more than one initial goal';
    const mctx = field(state.metaState, MCTX);
    const decl = hold(W('l_Lean_MetavarContext_findDecl_x3f___boxed')(inc(mctx), inc(goal)));
    if (lean.isBox(decl)) throw new LeanIoError(`unknown goal ${lean.nameText(goal)}`);
    const localContext = field(field(decl, 0), DECL_LCTX);
    const instances = field(field(decl, 0), DECL_INSTANCES);
    const assigned = hold(W('l_Lean_MetavarContext_getExprAssignmentCore_x3f___boxed')(inc(mctx), inc(goal)));
    if (lean.isBox(assigned)) return 'Error: Goal not assigned';
    const inside = hold(lean.withField(state.metaContext, CONTEXT_LCTX, inc(localContext)));
    const metaContext = hold(lean.withField(inside, CONTEXT_INSTANCES, inc(instances)));
    const metaState = monads.reference(state.metaState);
    let status = '';
    monads.runCore(state.coreContext, state.coreState, (core) => {
      status = judge({ ...core, metaContext, metaState }, goal, localContext, field(assigned, 0));
      return box(0);
    });
    return status;
  };
}
