import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';

/* Std.TreeSet's nodes: inner 0 {size, key, value, left, right}, leaf 1. */
const INNER = 0;
const KEY = 1;
const LEFT = 3;
const RIGHT = 4;

/** Names of a `NameSet` (borrowed), in its order. */
function namesOf(lean: InstanceRuntime, set: Obj): Obj[] {
  if (lean.isBox(set) || lean.tag(set) !== INNER) return [];
  return [
    ...namesOf(lean, lean.field(set, LEFT)),
    lean.field(set, KEY),
    ...namesOf(lean, lean.field(set, RIGHT)),
  ];
}

/** Constants in what the goals (a list of `MVarId`) were given by a tactic, in the order of a `NameSet`. All borrowed. */
export function usedConstants(lean: InstanceRuntime, mctxAfter: Obj, goalsBefore: Obj): Obj[] {
  const { W, inc, hold } = lean;
  let all = inc(lean.global('l_Lean_NameSet_empty'));
  for (const goal of lean.listItems(goalsBefore)) {
    const assigned = hold(
      W('l_Lean_MetavarContext_getExprAssignmentCore_x3f___boxed')(inc(mctxAfter), inc(goal)),
    );
    if (lean.isBox(assigned)) continue;
    const used = hold(W('l_Lean_Expr_getUsedConstantsAsSet')(inc(lean.field(assigned, 0))));
    for (const name of namesOf(lean, used)) all = W('l_Lean_NameSet_insert')(all, inc(name));
  }
  return namesOf(lean, hold(all));
}
