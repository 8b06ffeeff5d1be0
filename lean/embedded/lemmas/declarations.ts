import { createReader } from '../../check/constants.ts';
import type { HeaderEnv, LeanRuntime, Obj } from '../runtime/types.ts';
import { isHelpful } from './helpful.ts';
import { forEachImported } from './imported.ts';
import { componentsOf, NameTable } from './names.ts';

/** A declaration that a person would use, by the number of its name. */
export type Known = { readonly id: number; readonly name: string; readonly namespace: string };

/** What a header declares. Objects are addresses of imported data, which never moves. */
export type Declarations = {
  readonly names: NameTable;
  /** Type of each imported constant by the number of its name. */
  readonly typeOf: ReadonlyMap<number, Obj>;
  /** By the last component of their names. */
  readonly helpful: ReadonlyMap<string, readonly Known[]>;
};

/** Reads the names of all constants once: a fifth of a second for Init. */
export function readDeclarations(lean: LeanRuntime, header: HeaderEnv, stopped: () => void): Declarations {
  const reader = createReader(lean);
  const names = new NameTable();
  const typeOf = new Map<number, Obj>();
  forEachImported(lean, header.imported, (name, constant) =>
    typeOf.set(names.idOf(lean, name), reader.type(constant)),
  );
  stopped();
  const helpful = new Map<string, Known[]>();
  for (const id of typeOf.keys()) {
    const components = componentsOf(lean, names.objectOf(id));
    if (!isHelpful(components)) continue;
    const last = String(components.at(-1));
    const one = { id, name: components.join('.'), namespace: components.slice(0, -1).join('.') };
    const others = helpful.get(last);
    if (others === undefined) helpful.set(last, [one]);
    else others.push(one);
  }
  return { names, typeOf, helpful };
}
