import type { LeanRuntime, Obj } from '../runtime/types.ts';
import type { Declarations } from './declarations.ts';
import { createFeatureReader } from './features.ts';
import { createPropositionTest } from './propositions.ts';

/** The theorems of a header, ready to be searched. */
export type Library = {
  readonly declarations: Declarations;
  /** Of each theorem: number of its name, and its type. */
  readonly theorems: Int32Array;
  readonly types: Uint32Array;
  /** Features of theorem i: `features` from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly features: Uint32Array;
  /** Number of a feature by its key, and how many theorems have it. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly frequencies: Uint32Array;
};

/** Reads all theorems of a header once: a fraction of a second for Init. */
export function readLibrary(lean: LeanRuntime, declarations: Declarations, stopped: () => void): Library {
  const { names, typeOf, helpful } = declarations;
  const propositions = createPropositionTest(lean, names, (id) => typeOf.get(id));
  const read = createFeatureReader(lean, names);
  const numbers = new Map<number, number>();
  const frequencies: number[] = [];
  const theorems: number[] = [];
  const types: Obj[] = [];
  const starts: number[] = [0];
  const features: number[] = [];
  for (const { id } of [...helpful.values()].flat()) {
    const type = typeOf.get(id)!;
    if (!propositions.isProposition(type)) continue;
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
    declarations,
    theorems: Int32Array.from(theorems),
    types: Uint32Array.from(types),
    starts: Uint32Array.from(starts),
    features: Uint32Array.from(features),
    numbers,
    frequencies: Uint32Array.from(frequencies),
  };
}
