import type { Obj } from '../embedded/runtime/types.ts';
import { type Constants, KIND, KIND_NAMES, type Reader } from './constants.ts';
import { createEquality } from './equality.ts';
import { createTermCheck, usedConstants } from './expressions.ts';
import type { Kernel } from './kernel.ts';
import { Refused } from './refused.ts';

/** Constructor of `Lean.Declaration` for an inductive family; axiom, def, theorem and opaque are those of the kind. */
const INDUCTIVE_DECLARATION = 6;

/**
 * Gives every constant but those in `done`, which the kernel has already, to the kernel once more, each after those that it names. Whatever a submission did to its own
 * environment (declarations added without check, recursors by hand), only what the kernel makes of it here counts.
 * Unsafe and partial code is left out; safe code that uses it is then refused by the kernel.
 */
export function replay(
  reader: Reader,
  kernel: Kernel,
  constants: Constants,
  done: ReadonlySet<string> = new Set(),
): void {
  const { lean } = reader;
  const text = (constant: Obj) => lean.nameText(reader.name(constant));
  const check = createTermCheck(reader);
  const visited = new Set(done);
  /** What the kernel makes itself from an inductive family: compared at the end. */
  const made: string[] = [];

  const visitAll = (keys: Iterable<string>): void => {
    for (const key of keys) visit(key);
  };
  const visitUsed = (constant: Obj): void =>
    visitAll(usedConstants(reader, reader.expressions(constant), check));

  const visit = (key: string): void => {
    const constant = constants.get(key);
    if (constant === undefined || visited.has(key)) return;
    visited.add(key);
    check.name(key);
    if (reader.isUnsafe(constant)) return;
    switch (reader.kind(constant)) {
      case KIND.quot:
        throw new Refused('kernel', `${text(constant)} claims to be a quotient primitive`);
      case KIND.constructor:
      case KIND.recursor:
        made.push(key);
        visitAll(reader.family(constant));
        return;
      case KIND.inductive:
        addFamily(constant);
        return;
      default:
        visitUsed(constant);
        kernel.add(lean.ctor(reader.kind(constant), [lean.inc(reader.value(constant))]), text(constant));
    }
  };

  const member = (key: string, kind: number): Obj => {
    const found = constants.get(key);
    if (found === undefined || reader.kind(found) !== kind)
      throw new Refused('kernel', 'an inductive family is not whole');
    made.push(key);
    visited.add(key);
    check.name(key);
    return found;
  };

  const addFamily = (first: Obj): void => {
    const value = reader.value(first);
    const types = reader.names(lean.field(value, 3)).map((key) => member(key, KIND.inductive));
    const families = types.map((type) => {
      const constructors = reader
        .names(lean.field(reader.value(type), 4))
        .map((key) => member(key, KIND.constructor));
      return { type, constructors };
    });
    for (const { type, constructors } of families) for (const c of [type, ...constructors]) visitUsed(c);
    const pair = (c: Obj, more: readonly Obj[] = []) =>
      lean.ctor(0, [lean.inc(reader.name(c)), lean.inc(reader.type(c)), ...more]);
    const declared = families.map(({ type, constructors }) =>
      pair(type, [lean.list(constructors.map((c) => pair(c)))]),
    );
    const levelParams = lean.field(lean.field(value, 0), 1);
    const fields = [lean.inc(levelParams), lean.inc(lean.field(value, 1)), lean.list(declared)];
    kernel.add(lean.ctor(INDUCTIVE_DECLARATION, fields, [0]), text(first));
  };

  visitAll(constants.keys());

  const equality = createEquality(reader);
  for (const key of made) {
    const claimed = constants.get(key)!;
    const real = kernel.find(reader.name(claimed));
    if (real === null || !equality.constants(claimed, real, true))
      throw new Refused(
        'kernel',
        `the kernel makes another ${KIND_NAMES[reader.kind(claimed)]} of ${text(claimed)}`,
      );
  }
}
