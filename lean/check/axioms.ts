import type { Constants, Reader } from './constants.ts';
import { KIND } from './constants.ts';
import { usedConstants } from './expressions.ts';

const ALLOWED = [['propext'], ['Quot', 'sound'], ['Classical', 'choice']] as const;
/**
 * The library's own constants are not walked (the package ships its theorems without proofs), so what leads to
 * compiled code is named besides the axioms themselves.
 */
const DENIED = [
  ['Lean', 'ofReduceBool'],
  ['Lean', 'ofReduceNat'],
  ['Lean', 'trustCompiler'],
  ['Lean', 'reduceBool'],
  ['Lean', 'reduceNat'],
] as const;

export type AxiomsFound = {
  /** Allowed ones that are used, as Lean prints them: the three of Lean and those of the trusted context. */
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
  /** Keys of the new constants that mention `sorryAx` themselves. */
  readonly sorryIn: readonly string[];
};

/**
 * What the `roots` rest on: a walk by structure over all new constants (types, values, opaque values, constructors,
 * recursor rules). `context` holds the keys of the trusted context, whose own axioms are allowed.
 */
export function axiomsOf(
  reader: Reader,
  constants: Constants,
  roots: Iterable<string>,
  context: ReadonlySet<string>,
): AxiomsFound {
  const { lean } = reader;
  const named = (rows: readonly (readonly string[])[]) =>
    new Map(rows.map((parts) => [lean.keyOf(...parts), parts.join('.')]));
  const [allow, deny] = [named(ALLOWED), named(DENIED)];
  const sorry = lean.keyOf('sorryAx');
  const allowed = new Set<string>();
  const denied = new Set<string>();
  const sorryIn = new Set<string>();
  const seen = new Set<string>();
  const stack = [...roots];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    const constant = constants.get(key);
    if (constant === undefined || seen.has(key)) continue;
    seen.add(key);
    if (reader.kind(constant) === KIND.axiom)
      (context.has(key) ? allowed : denied).add(lean.nameText(reader.name(constant)));
    for (const used of usedConstants(reader, reader.expressions(constant))) {
      const [good, bad] = constants.has(used) ? [] : [allow.get(used), deny.get(used)];
      if (good) allowed.add(good);
      if (bad) denied.add(bad);
      if (used === sorry) sorryIn.add(key);
      stack.push(used);
    }
    stack.push(...reader.family(constant));
  }
  return { allowed: [...allowed].sort(), denied: [...denied].sort(), sorryIn: [...sorryIn] };
}
