import type { Obj } from '../embedded/runtime/types.ts';
import type { Reader } from './constants.ts';
import { createLevelCheck } from './levels.ts';
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

/** A component of the names that the kernel gives to the auxiliary types of nested inductive types. */
const KERNELS_OWN = /\/"_nested"/;

/**
 * Refuses what only a program could have made and the kernel of 4.28 does not look for: universe levels in disguise, and
 * names of the kernel's own auxiliary types (lean4 pull requests 14613 and 14616).
 */
export function createTermCheck(reader: Reader) {
  const level = createLevelCheck(reader.lean);
  const { field, listItems } = reader.lean;
  const name = (key: string): void => {
    if (KERNELS_OWN.test(key))
      throw new Refused('kernel', "a new constant names an auxiliary type of the kernel's own");
  };
  return {
    name,
    node(e: Obj): void {
      if (reader.lean.tag(e) === EXPR.sort) level(field(e, 0));
      if (reader.lean.tag(e) === EXPR.const) for (const l of listItems(field(e, 1))) level(l);
    },
  };
}
export type TermCheck = ReturnType<typeof createTermCheck>;

/**
 * Keys of all constants that the expressions name. An own walk over the term: the flags that Lean caches in it are
 * not trusted.
 */
export function usedConstants(reader: Reader, expressions: readonly Obj[], check?: TermCheck): Set<string> {
  const { field, tag } = reader.lean;
  const seen = new Set<Obj>();
  const used = new Set<string>();
  const stack = [...expressions];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    check?.node(e);
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
  if (check) for (const key of used) check.name(key);
  return used;
}
