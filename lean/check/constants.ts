import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { Refused } from './refused.ts';

/** `Lean.ConstantInfo`: the constructor's index is the kind, field 0 the value object of that kind. */
export const KIND = {
  axiom: 0,
  def: 1,
  theorem: 2,
  opaque: 3,
  quot: 4,
  inductive: 5,
  constructor: 6,
  recursor: 7,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];
export const KIND_NAMES = [
  'axiom',
  'definition',
  'theorem',
  'opaque constant',
  'quotient constant',
  'inductive type',
  'constructor',
  'recursor',
] as const;

/** Key of a name -> its `ConstantInfo`, borrowed from an environment that the caller holds. */
export type Constants = ReadonlyMap<string, Obj>;
export type Reader = ReturnType<typeof createReader>;

/**
 * Reads `ConstantInfo`s by their memory layout, so that no code of Lean's that a submission could have
 * replaced takes part. Layouts are those of Lean 4.28 (src/Lean/Declaration.lean): object fields in order,
 * then single bytes.
 */
export function createReader(lean: LeanRuntime) {
  const { field, byte, tag } = lean;
  const keys = new Map<Obj, string>();
  /** Keys are remembered by address, which is sound while the environments of the check are held. */
  const key = (name: Obj): string => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const made = lean.nameKey(name);
    keys.set(name, made);
    return made;
  };
  const names = (list: Obj): string[] => lean.listItems(list).map(key);

  const kind = (constant: Obj): Kind => tag(constant) as Kind;
  const value = (constant: Obj): Obj => field(constant, 0);
  const head = (constant: Obj): Obj => field(value(constant), 0);
  const type = (constant: Obj): Obj => field(head(constant), 2);

  const recursorRules = (constant: Obj) =>
    lean.listItems(field(value(constant), 6)).map((rule) => ({
      constructor: key(field(rule, 0)),
      fields: field(rule, 1),
      rhs: field(rule, 2),
    }));

  return {
    lean,
    key,
    names,
    kind,
    value,
    type,
    name: (constant: Obj): Obj => field(head(constant), 0),
    levelParams: (constant: Obj): string[] => names(field(head(constant), 1)),
    recursorRules,

    /** Code that the kernel does not check, or that safe code may not use. */
    isUnsafe(constant: Obj): boolean {
      const v = value(constant);
      switch (kind(constant)) {
        case KIND.def:
          return byte(v, 0) !== 1;
        case KIND.axiom:
        case KIND.opaque:
        case KIND.constructor:
          return byte(v, 0) !== 0;
        case KIND.inductive:
        case KIND.recursor:
          return byte(v, 1) !== 0;
        default:
          return false;
      }
    },

    /** Type, value and rules: every expression in the constant. */
    expressions(constant: Obj): Obj[] {
      switch (kind(constant)) {
        case KIND.def:
        case KIND.theorem:
        case KIND.opaque:
          return [type(constant), field(value(constant), 1)];
        case KIND.recursor:
          return [type(constant), ...recursorRules(constant).map((rule) => rule.rhs)];
        default:
          return [type(constant)];
      }
    },

    /** Constants of the same inductive family that a mention of this one brings along. */
    family(constant: Obj): string[] {
      switch (kind(constant)) {
        case KIND.inductive:
          return [...names(field(value(constant), 3)), ...names(field(value(constant), 4))];
        case KIND.constructor:
          return [key(field(value(constant), 1))];
        case KIND.recursor:
          return names(field(value(constant), 1));
        default:
          return [];
      }
    },

    /** What a kernel environment holds beyond its imports, and the map of its imports. */
    added(kernel: Obj): { readonly constants: Constants; readonly imported: Obj } {
      const constants = new Map<string, Obj>();
      const put = (name: Obj, constant: Obj) => {
        if (key(name) !== key(field(head(constant), 0)))
          throw new Refused(
            'environment',
            `the constant filed as ${lean.nameText(name)} has another name inside`,
          );
        constants.set(key(name), constant);
      };
      // SMap {map1, map2}; map2 is a PersistentHashMap of entry nodes (0) and collision nodes (1).
      const visit = (node: Obj): void => {
        if (tag(node) === 1) {
          const values = lean.arrayItems(field(node, 1));
          for (const [i, name] of lean.arrayItems(field(node, 0)).entries()) put(name, values[i]!);
          return;
        }
        for (const entry of lean.arrayItems(field(node, 0))) {
          if (lean.isBox(entry)) continue;
          if (tag(entry) === 0) put(field(entry, 0), field(entry, 1));
          else visit(field(entry, 0));
        }
      };
      const map = field(kernel, 0);
      visit(field(map, 1));
      return { constants, imported: field(map, 0) };
    },
  };
}
