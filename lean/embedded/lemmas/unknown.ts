import type { Lemma, UnknownName } from '../../../src/model/index.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv, Obj } from '../runtime/types.ts';
import type { Declarations, Known } from './declarations.ts';
import { isDeprecated, newNameOf } from './deprecated.ts';
import { componentsOf } from './names.ts';
import { nearestNames } from './nearest.ts';
import { createLemmaPrinter } from './printer.ts';
import { userPart } from './written.ts';

/** A declaration by its name and type, both borrowed. */
type Declared = Pick<Known, 'name' | 'namespace'> & { readonly object: Obj; readonly type: Obj };

export type Around = {
  readonly header: HeaderEnv;
  readonly declarations: Declarations;
  /** Name and type of the constants that the file itself declares, as far as the name may be used. */
  readonly own: readonly (readonly [name: Obj, type: Obj])[];
  /** A `ContextInfo` where the names stand. */
  readonly info: Obj;
  /** Namespaces of what the goal is about. */
  readonly about: ReadonlySet<string>;
  readonly limit: number;
};

/** Existing names like unknown ones, with their types. A deprecated one gives way to the name that took its place. */
export function nearExisting(lean: InstanceRuntime, asked: readonly string[], around: Around): UnknownName[] {
  const { declarations, header, info, about, limit } = around;
  const print = createLemmaPrinter(lean);
  const own = ownOf(lean, around);
  // What the file itself declares is as near as what its goal is about.
  const akin = new Set([...about, ...[...own.values()].flat().map((one) => one.namespace.split('.', 1)[0]!)]);
  const declared = ({ id, name, namespace }: Known): Declared => ({
    name,
    namespace,
    object: declarations.names.objectOf(id),
    type: declarations.typeOf.get(id)!,
  });
  const current = (one: Declared): Declared | null => {
    if (!isDeprecated(lean, header.env, one.object)) return one;
    const object = newNameOf(lean, header.env, one.object);
    if (object === null) return null;
    const type = declarations.typeOf.get(declarations.names.idOf(lean, object));
    return type === undefined ? null : { ...one, name: lean.nameText(object), object, type };
  };
  return asked.map((name) => {
    const near = new Map<string, Lemma>();
    const found = nearestNames<Declared | Known>(name, [...declarations.helpful, ...own], akin);
    for (const candidate of found.slice(0, 2 * limit + 4)) {
      if (near.size >= limit) break;
      const one = 'object' in candidate ? candidate : current(declared(candidate));
      if (one === null || near.has(one.name)) continue;
      const type = print.type(info, one.type);
      if (type !== null) near.set(one.name, { name: one.name, type });
    }
    return { name, near: [...near.values()] };
  });
}

function ownOf(lean: InstanceRuntime, { own }: Around): Map<string, Declared[]> {
  const byLast = new Map<string, Declared[]>();
  for (const [object, type] of own) {
    const components = userPart(componentsOf(lean, object));
    const last = String(components.at(-1));
    const one = { name: components.join('.'), namespace: components.slice(0, -1).join('.'), object, type };
    byLast.set(last, [...(byLast.get(last) ?? []), one]);
  }
  return byLast;
}
