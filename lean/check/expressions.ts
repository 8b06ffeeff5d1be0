import type { Obj } from '../embedded/runtime/types.ts';
import type { Reader } from './constants.ts';
import { Refused } from './refused.ts';

/** Constructor indices of `Lean.Expr`. */
export const EXPR = {
  bvar: 0,
  fvar: 1,
  mvar: 2,
  sort: 3,
  const: 4,
  app: 5,
  lam: 6,
  forall: 7,
  let: 8,
  lit: 9,
  mdata: 10,
  proj: 11,
} as const;

/**
 * Keys of all constants that the expressions name. An own walk over the term: the flags that Lean caches in it are
 * not trusted.
 */
export function usedConstants(reader: Reader, expressions: readonly Obj[]): Set<string> {
  const { field, tag } = reader.lean;
  const seen = new Set<Obj>();
  const used = new Set<string>();
  const stack = [...expressions];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    switch (tag(e)) {
      case EXPR.fvar:
      case EXPR.mvar:
        throw new Refused('kernel', 'a new constant holds a free variable or a metavariable');
      case EXPR.const:
        used.add(reader.key(field(e, 0)));
        break;
      case EXPR.app:
        stack.push(field(e, 0), field(e, 1));
        break;
      case EXPR.lam:
      case EXPR.forall:
        stack.push(field(e, 1), field(e, 2));
        break;
      case EXPR.let:
        stack.push(field(e, 1), field(e, 2), field(e, 3));
        break;
      case EXPR.mdata:
        stack.push(field(e, 1));
        break;
      case EXPR.proj:
        used.add(reader.key(field(e, 0)));
        stack.push(field(e, 2));
        break;
    }
  }
  return used;
}
