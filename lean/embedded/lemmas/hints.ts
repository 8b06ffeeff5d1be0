import { unknownNames } from '../../../src/lean-text/unknown-names.ts';
import type { Diagnostic, GoalAt, UnknownName } from '../../../src/model/index.ts';
import { createReader } from '../../check/constants.ts';
import { usedConstants } from '../../check/expressions.ts';
import { createTreeReader } from '../elaborate/info-tree.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv, Obj } from '../runtime/types.ts';
import type { Declarations } from './declarations.ts';
import { isHelpful } from './helpful.ts';
import { componentsOf } from './names.ts';
import { goalsAtErrors } from './open-goals.ts';
import { nearExisting } from './unknown.ts';
import { userPart } from './written.ts';

/** Unknown names that are looked up, and existing ones for each. */
const MOST_UNKNOWN = 6;
const MOST_NEAR = 5;

/** A command that left errors. Everything is borrowed. */
export type Failure = {
  readonly trees: readonly Obj[];
  readonly errors: readonly Diagnostic[];
  /** The whole text. */
  readonly text: string;
  /** Type of the theorem that is to be proved. */
  readonly type: Obj;
  /** `ConstantInfo`s of the context. */
  readonly context: Iterable<Obj>;
};
export type Hints = { readonly openGoals: readonly GoalAt[]; readonly unknown: readonly UnknownName[] };

/** What Lean knows about a refused proof beside its messages. */
export const createHints =
  (lean: InstanceRuntime, header: HeaderEnv, declarations: () => Declarations) =>
  (failure: Failure): Hints => ({
    openGoals: goalsAtErrors(lean, failure.trees, failure.errors, failure.text),
    unknown: unknownIn(lean, header, declarations, failure),
  });

function unknownIn(
  lean: InstanceRuntime,
  header: HeaderEnv,
  declarations: () => Declarations,
  { trees, errors, type, context }: Failure,
): readonly UnknownName[] {
  const names = unknownNames(errors).slice(0, MOST_UNKNOWN);
  const info = names.length === 0 ? null : contextOf(lean, trees);
  if (info === null) return names.map((name) => ({ name, near: [] }));
  return nearExisting(lean, names, {
    header,
    declarations: declarations(),
    own: declared(lean, context),
    info,
    about: namespacesIn(lean, type),
    limit: MOST_NEAR,
  });
}

/** The first `ContextInfo` of some trees. */
function contextOf(lean: InstanceRuntime, trees: readonly Obj[]): Obj | null {
  const reader = createTreeReader(lean);
  let found: Obj | null = null;
  for (const tree of trees)
    reader.walk(tree, (_, context) => {
      found ??= context;
      return false;
    });
  return found;
}

/** Names and types of declarations that may be named. */
export function declared(lean: InstanceRuntime, constants: Iterable<Obj>): (readonly [Obj, Obj])[] {
  const reader = createReader(lean);
  return [...constants].flatMap((constant) => {
    const name = reader.name(constant);
    return isHelpful(userPart(componentsOf(lean, name))) ? [[name, reader.type(constant)] as const] : [];
  });
}

/** First components of the names of all constants in a term, e.g. `Nat`, `List`. */
export function namespacesIn(lean: InstanceRuntime, type: Obj): Set<string> {
  const keys = usedConstants(createReader(lean), [type]);
  return new Set([...keys].flatMap((key) => /^\/"([^"]+)"/u.exec(key)?.[1] ?? []));
}
