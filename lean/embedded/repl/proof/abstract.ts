import type { MetaScope, Monads } from '../../elaborate/monads.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';

/* Lean.Expr: fvar 1 {fvarId}; the others by which of their fields are expressions. */
const FVAR = 1;
const PARTS: Readonly<Record<number, readonly number[]>> = {
  5: [0, 1], // app
  6: [1, 2], // lam
  7: [1, 2], // forallE
  8: [1, 2, 3], // letE
  10: [1], // mdata
  11: [2], // proj
};
/* LocalContext {.., decls (1)}; LocalDecl {index, fvarId, ..}. */
const DECLS = 1;
const FVAR_ID = 1;
const IMPLICIT = 1;

/** Closes proof terms over the local hypotheses that they mention. */
export function createAbstraction(lean: InstanceRuntime, monads: Monads) {
  const { W, inc, box, field } = lean;

  const mentioned = (expr: Obj): Set<string> => {
    const names = new Set<string>();
    const seen = new Set<Obj>();
    const open = [expr];
    for (let e = open.pop(); e !== undefined; e = open.pop()) {
      if (lean.isBox(e) || seen.has(e)) continue;
      seen.add(e);
      if (lean.tag(e) === FVAR) names.add(lean.nameKey(field(e, 0)));
      for (const part of PARTS[lean.tag(e)] ?? []) open.push(field(e, part));
    }
    return names;
  };

  const hasFree = (e: Obj) => W('l_Lean_Expr_hasFVar___boxed')(inc(e)) === box(1);

  /** `e` (borrowed) as a function of the hypotheses of `localContext` that it mentions, theirs included. Held. */
  return (scope: MetaScope, localContext: Obj, e: Obj): Obj => {
    let closed = e;
    while (hasFree(closed)) {
      const names = mentioned(closed);
      const variables = lean
        .persistentItems(field(localContext, DECLS))
        .filter((option) => !lean.isBox(option))
        .map((option) => field(option, 0))
        .filter((d) => W('l_Lean_LocalDecl_isImplementationDetail___boxed')(inc(d)) !== box(1))
        .map((d) => field(d, FVAR_ID))
        .filter((id) => names.has(lean.nameKey(id)));
      if (variables.length === 0) break;
      closed = lean.hold(
        monads.inMeta(
          scope,
          'l_Lean_Meta_mkLambdaFVars___boxed',
          lean.array(variables.map((id) => W('l_Lean_Expr_fvar___override')(inc(id)))),
          inc(closed),
          box(0),
          box(1),
          box(0),
          box(1),
          box(IMPLICIT),
        ),
      );
    }
    return closed;
  };
}
