import { negated } from '../../src/lean-text/negation.ts';
import type { Challenge } from '../../src/model/index.ts';
import type { Obj } from '../embedded/runtime/types.ts';
import type { Stated } from './challenge.ts';
import type { Constants, Reader } from './constants.ts';
import { createEquality } from './equality.ts';
import { EXPR } from './expressions.ts';
import { LEVEL } from './levels.ts';

export type Claim = {
  /** What stands before the claim, the theorem that it negates included. */
  readonly context: Constants;
  /** The theorem that claims to be the negation. */
  readonly claimed: Obj;
  /** The negated theorem as it is stated by itself. */
  readonly original: (challenge: Challenge) => Stated;
};

/**
 * Why a challenge is not what its `negates` says, or null. The type has to be `Not` (Lean's own, whatever the text has
 * made of that word) applied to the type of the theorem, where each universe parameter may be one level throughout.
 * Structure is compared, no text: neither notation nor a macro nor how Lean prints can make another statement pass.
 */
export function notTheNegation(
  reader: Reader,
  challenge: Challenge,
  { context, claimed, original }: Claim,
): string | null {
  if (challenge.negates === undefined) return null;
  const { lean } = reader;
  const of = negated(challenge);
  if (of === null) return 'the theorem that it negates does not stand before it';
  const stated = original(of);
  if (!stated.ok) return `the theorem that it negates does not stand: ${stated.diagnostics[0]?.text ?? ''}`;
  const theorem = context.get(stated.target);
  if (theorem === undefined) return 'the theorem that it negates does not stand before it';
  const type = bare(reader, reader.type(claimed));
  const head = lean.tag(type) === EXPR.app ? bare(reader, lean.field(type, 0)) : null;
  const isNot =
    head !== null &&
    lean.tag(head) === EXPR.const &&
    reader.key(lean.field(head, 0)) === lean.keyOf('Not') &&
    !context.has(lean.keyOf('Not'));
  if (!isNot || !isInstance(reader, reader.type(theorem), lean.field(type, 1)))
    return `the statement is not the negation of ${challenge.negates.name}`;
  return null;
}

const bare = (reader: Reader, e: Obj): Obj =>
  reader.lean.tag(e) === EXPR.mdata ? bare(reader, reader.lean.field(e, 1)) : e;

/** Is `given` the expression `general` with one level for each universe parameter? */
function isInstance(reader: Reader, general: Obj, given: Obj): boolean {
  const { lean } = reader;
  const { field, tag } = lean;
  const equality = createEquality(reader);
  const chosen = new Map<string, Obj>();
  const seen = new Set<string>();

  const sameLevel = (a: Obj, b: Obj): boolean => {
    if (lean.isBox(a) || lean.isBox(b)) return a === b;
    if (tag(a) !== tag(b)) return false;
    if (tag(a) >= LEVEL.param) return reader.key(field(a, 0)) === reader.key(field(b, 0));
    return [...Array(lean.size(a)).keys()].every((i) => sameLevel(field(a, i), field(b, i)));
  };
  const level = (a: Obj, b: Obj): boolean => {
    if (!lean.isBox(a) && tag(a) === LEVEL.param) {
      const key = reader.key(field(a, 0));
      const known = chosen.get(key);
      if (known !== undefined) return sameLevel(known, b);
      chosen.set(key, b);
      return true;
    }
    if (lean.isBox(a) || lean.isBox(b)) return a === b;
    return tag(a) === tag(b) && [...Array(lean.size(a)).keys()].every((i) => level(field(a, i), field(b, i)));
  };
  const levels = (a: Obj, b: Obj): boolean => {
    const [x, y] = [lean.listItems(a), lean.listItems(b)];
    return x.length === y.length && x.every((one, i) => level(one, y[i]!));
  };
  const parts = (a: Obj, b: Obj, fields: readonly number[]): boolean => {
    const key = `${a},${b}`;
    if (seen.has(key)) return true;
    seen.add(key);
    return fields.every((i) => same(field(a, i), field(b, i)));
  };
  const same = (first: Obj, second: Obj): boolean => {
    const [a, b] = [bare(reader, first), bare(reader, second)];
    if (tag(a) !== tag(b)) return false;
    switch (tag(a)) {
      case EXPR.sort:
        return level(field(a, 0), field(b, 0));
      case EXPR.const:
        return reader.key(field(a, 0)) === reader.key(field(b, 0)) && levels(field(a, 1), field(b, 1));
      case EXPR.app:
        return parts(a, b, [0, 1]);
      case EXPR.lam:
      case EXPR.forall:
        return parts(a, b, [1, 2]);
      case EXPR.let:
        return parts(a, b, [1, 2, 3]);
      case EXPR.proj:
        return (
          reader.key(field(a, 0)) === reader.key(field(b, 0)) &&
          equality.numbers(field(a, 1), field(b, 1)) &&
          parts(a, b, [2])
        );
      default:
        return equality.expressions(a, b);
    }
  };
  return same(general, given);
}
