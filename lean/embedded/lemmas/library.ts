import { createReader } from '../../check/constants.ts';
import type { HeaderEnv, LeanRuntime, Obj } from '../runtime/types.ts';
import { createFeatureReader } from './features.ts';
import { isHelpful } from './helpful.ts';
import { forEachImported } from './imported.ts';
import { componentsOf, NameTable } from './names.ts';
import { createPropositionTest } from './propositions.ts';

/** The theorems of a header, ready to be searched. Objects are addresses of imported data, which never moves. */
export type Library = {
  readonly names: NameTable;
  /** Of each theorem: number of its name, and its type. */
  readonly theorems: Int32Array;
  readonly types: Uint32Array;
  /** Features of theorem i: `features` from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly features: Uint32Array;
  /** Number of a feature by its key, and how many theorems have it. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly frequencies: Uint32Array;
  /** Type of each imported constant by the number of its name. */
  readonly typeOf: ReadonlyMap<number, Obj>;
};

/** Reads all theorems of a header once: a fraction of a second for Init. */
export function readLibrary(lean: LeanRuntime, header: HeaderEnv, stopped: () => void): Library {
  const reader = createReader(lean);
  const names = new NameTable();
  const typeOf = new Map<number, Obj>();
  forEachImported(lean, header.imported, (name, constant) =>
    typeOf.set(names.idOf(lean, name), reader.type(constant)),
  );
  stopped();
  const propositions = createPropositionTest(lean, names, (id) => typeOf.get(id));
  const read = createFeatureReader(lean, names);
  const numbers = new Map<number, number>();
  const frequencies: number[] = [];
  const theorems: number[] = [];
  const types: Obj[] = [];
  const starts: number[] = [0];
  const features: number[] = [];
  for (const [id, type] of typeOf) {
    if (!isHelpful(componentsOf(lean, names.objectOf(id))) || !propositions.isProposition(type)) continue;
    if (theorems.length % 4096 === 0) stopped();
    for (const key of read.of(type)) {
      let number = numbers.get(key);
      if (number === undefined) {
        number = frequencies.push(0) - 1;
        numbers.set(key, number);
      }
      frequencies[number] = frequencies[number]! + 1;
      features.push(number);
    }
    theorems.push(id);
    types.push(type);
    starts.push(features.length);
  }
  return {
    names,
    theorems: Int32Array.from(theorems),
    types: Uint32Array.from(types),
    starts: Uint32Array.from(starts),
    features: Uint32Array.from(features),
    numbers,
    frequencies: Uint32Array.from(frequencies),
    typeOf,
  };
}
