import type { Obj } from '../embedded/runtime/types.ts';
import { type Constants, KIND, type Reader } from './constants.ts';
import type { Equality } from './equality.ts';
import { EXPR, usedConstants } from './expressions.ts';

/** The new constants of challenge and submission; all others are imports. */
export type Sides = {
  readonly left: Constants;
  readonly right: Constants;
  /** Keys that the caller compares one by one (the context's): here their names say enough. */
  readonly settled: ReadonlySet<string>;
};

const LEVEL_PARAM = 4;

/**
 * Expression equality where a name that Lean made up may differ. A statement with a `match` or a proof inside uses
 * auxiliary constants (`t.match_1`, `t._proof_1`), and Lean takes those of an earlier helper lemma instead if they are
 * the same: so new constants are compared by what they are, all others by name.
 */
export function createMeaning(reader: Reader, equality: Equality, { left, right, settled }: Sides) {
  const { lean } = reader;
  const { field, tag } = lean;
  const pairs = new Map<string, boolean>();
  /** Each pair is decided once; a pair that is met again while it is being decided counts as equal. */
  const once = (key: string, decide: () => boolean): boolean => {
    const known = pairs.get(key);
    if (known !== undefined) return known;
    pairs.set(key, true);
    const decided = decide();
    pairs.set(key, decided);
    return decided;
  };

  const levels = (a: Obj, b: Obj): boolean => {
    if (lean.isBox(a) || lean.isBox(b)) return a === b;
    if (tag(a) !== tag(b)) return false;
    if (tag(a) >= LEVEL_PARAM) return reader.key(field(a, 0)) === reader.key(field(b, 0));
    return Array.from({ length: lean.size(a) }, (_, i) => i).every((i) => levels(field(a, i), field(b, i)));
  };
  const levelLists = (a: Obj, b: Obj): boolean => {
    const [x, y] = [lean.listItems(a), lean.listItems(b)];
    return x.length === y.length && x.every((level, i) => levels(level, y[i]!));
  };

  const names = (a: string, b: string): boolean => {
    if (!left.has(a) && !right.has(b)) return a === b;
    if (!left.has(a) || !right.has(b)) return false;
    return (a === b && settled.has(a)) || once(`${a} ${b}`, () => auxiliaries(a, b));
  };

  const auxiliaries = (a: string, b: string): boolean => {
    const [x, y] = [left.get(a), right.get(b)];
    if (x === undefined || y === undefined || reader.kind(x) !== reader.kind(y)) return false;
    if (reader.levelParams(x).join() !== reader.levelParams(y).join()) return false;
    switch (reader.kind(x)) {
      case KIND.theorem:
        return expressions(reader.type(x), reader.type(y));
      case KIND.def:
      case KIND.opaque:
        return (
          expressions(reader.type(x), reader.type(y)) &&
          expressions(field(reader.value(x), 1), field(reader.value(y), 1))
        );
      default:
        return (
          a === b &&
          equality.constants(x, y, true) &&
          [...usedConstants(reader, reader.expressions(x)), ...reader.family(x)].every((key) =>
            names(key, key),
          )
        );
    }
  };

  const bare = (e: Obj): Obj => (tag(e) === EXPR.mdata ? bare(field(e, 1)) : e);
  const expressions = (first: Obj, second: Obj): boolean => {
    const [a, b] = [bare(first), bare(second)];
    if (tag(a) !== tag(b)) return false;
    switch (tag(a)) {
      case EXPR.const:
        return (
          names(reader.key(field(a, 0)), reader.key(field(b, 0))) && levelLists(field(a, 1), field(b, 1))
        );
      case EXPR.app:
        return parts(a, b, [0, 1]);
      case EXPR.lam:
      case EXPR.forall:
        return parts(a, b, [1, 2]);
      case EXPR.let:
        return parts(a, b, [1, 2, 3]);
      case EXPR.proj:
        return (
          names(reader.key(field(a, 0)), reader.key(field(b, 0))) &&
          equality.numbers(field(a, 1), field(b, 1)) &&
          parts(a, b, [2])
        );
      default:
        return equality.expressions(a, b);
    }
  };
  const parts = (a: Obj, b: Obj, fields: readonly number[]): boolean =>
    once(`${a},${b}`, () => fields.every((i) => expressions(field(a, i), field(b, i))));

  return { expressions, constants: auxiliaries };
}
