import type { Obj } from '../embedded/runtime/types.ts';
import { KIND, type Kind, type Reader } from './constants.ts';

/**
 * Fields behind the name, level parameters and type, in order, of each kind's value object, and how many bytes
 * follow: e(xpression), h(ints), l(ist of names), n(ame), #(number), r(ecursor rules).
 */
const LAYOUT: Readonly<Record<Kind, { readonly fields: string; readonly bytes: number }>> = {
  [KIND.axiom]: { fields: '', bytes: 1 },
  [KIND.def]: { fields: 'ehl', bytes: 1 },
  [KIND.theorem]: { fields: 'el', bytes: 0 },
  [KIND.opaque]: { fields: 'el', bytes: 1 },
  [KIND.quot]: { fields: '', bytes: 1 },
  [KIND.inductive]: { fields: '##ll#', bytes: 3 },
  [KIND.constructor]: { fields: 'n###', bytes: 1 },
  [KIND.recursor]: { fields: 'l####r', bytes: 2 },
};

/** Equality of constants as the kernel means it: names by structure, expressions up to binder names. */
export function createEquality(reader: Reader) {
  const { lean } = reader;
  const eqv = lean.W('lean_expr_eqv');
  const bigEq = lean.W('lean_nat_big_eq');
  const expressions = (a: Obj, b: Obj): boolean => a === b || eqv(a, b) !== 0;
  const numbers = (a: Obj, b: Obj): boolean =>
    a === b || (!lean.isBox(a) && !lean.isBox(b) && bigEq(a, b) !== 0);
  const nameLists = (a: Obj, b: Obj): boolean => a === b || sameKeys(reader.names(a), reader.names(b));
  // ReducibilityHints: opaque and abbrev are boxed, `regular` holds a 32-bit height.
  const hints = (a: Obj, b: Obj): boolean =>
    lean.isBox(a) || lean.isBox(b) ? a === b : [0, 1, 2, 3].every((i) => lean.byte(a, i) === lean.byte(b, i));
  const rules = (a: Obj, b: Obj): boolean => {
    const [left, right] = [reader.recursorRules(a), reader.recursorRules(b)];
    return (
      left.length === right.length &&
      left.every((rule, i) => {
        const other = right[i]!;
        return (
          rule.constructor === other.constructor &&
          numbers(rule.fields, other.fields) &&
          expressions(rule.rhs, other.rhs)
        );
      })
    );
  };

  const signatures = (a: Obj, b: Obj): boolean =>
    reader.kind(a) === reader.kind(b) &&
    reader.key(reader.name(a)) === reader.key(reader.name(b)) &&
    sameKeys(reader.levelParams(a), reader.levelParams(b)) &&
    expressions(reader.type(a), reader.type(b));

  /** The whole constant, values included; of theorems the proofs may differ unless `proofs`. */
  const constants = (a: Obj, b: Obj, proofs: boolean): boolean => {
    if (a === b || reader.value(a) === reader.value(b)) return reader.kind(a) === reader.kind(b);
    if (!signatures(a, b)) return false;
    const kind = reader.kind(a);
    if (kind === KIND.theorem && !proofs) return true;
    const layout = LAYOUT[kind];
    const [x, y] = [reader.value(a), reader.value(b)];
    for (let i = 0; i < layout.bytes; i += 1) if (lean.byte(x, i) !== lean.byte(y, i)) return false;
    return [...layout.fields].every((sort, i) => {
      const [p, q] = [lean.field(x, i + 1), lean.field(y, i + 1)];
      switch (sort) {
        case 'e':
          return expressions(p, q);
        case 'h':
          return hints(p, q);
        case 'l':
          return nameLists(p, q);
        case 'n':
          return reader.key(p) === reader.key(q);
        case '#':
          return numbers(p, q);
        default:
          return rules(a, b);
      }
    });
  };

  return { expressions, numbers, constants };
}
export type Equality = ReturnType<typeof createEquality>;

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);
