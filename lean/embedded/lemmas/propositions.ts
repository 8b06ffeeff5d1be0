import { EXPR } from '../../check/expressions.ts';
import { LEVEL } from '../../check/levels.ts';
import type { LeanRuntime, Obj } from '../runtime/types.ts';
import type { NameTable } from './names.ts';

/**
 * Is a constant of this type a theorem? Judged by the head of the conclusion, without unfolding anything; the library that
 * comes from npm holds theorems and functions without code alike as axioms.
 */
export function createPropositionTest(
  lean: LeanRuntime,
  names: NameTable,
  typeOf: (name: number) => Obj | undefined,
) {
  const { field, tag } = lean;
  const families = new Map<number, boolean>();

  const conclusion = (type: Obj): { readonly end: Obj; readonly binders: readonly Obj[] } => {
    const binders: Obj[] = [];
    let end = type;
    for (;;) {
      if (tag(end) === EXPR.mdata) end = field(end, 1);
      else if (tag(end) === EXPR.forall) {
        binders.push(field(end, 1));
        end = field(end, 2);
      } else return { end, binders };
    }
  };
  const endsInProp = (type: Obj): boolean => {
    const { end } = conclusion(type);
    return tag(end) === EXPR.sort && tag(field(end, 0)) === LEVEL.zero;
  };
  const isFamily = (name: number): boolean => {
    let known = families.get(name);
    if (known === undefined) {
      const type = typeOf(name);
      known = type !== undefined && endsInProp(type);
      families.set(name, known);
    }
    return known;
  };

  return {
    conclusion,
    isProposition: (type: Obj): boolean => {
      const { end, binders } = conclusion(type);
      let head = end;
      while (tag(head) === EXPR.app) head = field(head, 0);
      if (tag(head) === EXPR.const) return isFamily(names.idOf(lean, field(head, 0)));
      if (tag(head) !== EXPR.bvar) return false;
      const binder = binders.at(-1 - lean.unbox(field(head, 0)));
      return binder !== undefined && endsInProp(binder);
    },
  };
}
