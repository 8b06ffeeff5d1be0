import type { LeanRuntime, Obj } from '../runtime/types.ts';

/* `Lean.Name` as an object: fields prefix and component, behind them its 64-bit hash (computed field). */
const HASH_AT = 16;
const HIGH_BITS = 0x1fffff;
const LOW = 2 ** 32;
const STRING_COMPONENT = 1;

/**
 * Numbers for names. The same name lies at many addresses, one in each imported file, so names are told apart by 53 bits
 * of the hash that Lean keeps in them: good enough to rank by, never to judge by.
 */
export class NameTable {
  readonly #base: NameTable | null;
  readonly #first: number;
  private readonly byAddress = new Map<Obj, number>();
  private readonly byHash = new Map<number, number>();
  /** An address of each name. */
  readonly #objects: Obj[] = [];

  /** `base`: what it knows is known here too, and stays as it is. */
  constructor(base: NameTable | null = null) {
    this.#base = base;
    this.#first = base?.size ?? 0;
  }

  get size(): number {
    return this.#first + this.#objects.length;
  }

  /** -1 for the anonymous name. Names have to stay where they are as long as the table lives. */
  idOf(lean: LeanRuntime, name: Obj): number {
    if (lean.isBox(name)) return -1;
    const base = this.#base;
    const known = this.byAddress.get(name) ?? base?.byAddress.get(name);
    if (known !== undefined) return known;
    const words = lean.words();
    const at = (name + HASH_AT) >> 2;
    const hash = (words[at + 1]! & HIGH_BITS) * LOW + words[at]!;
    let id = this.byHash.get(hash) ?? base?.byHash.get(hash);
    if (id === undefined) {
      id = this.#first + this.#objects.push(name) - 1;
      this.byHash.set(hash, id);
    }
    this.byAddress.set(name, id);
    return id;
  }

  objectOf(id: number): Obj {
    return id < this.#first ? this.#base!.objectOf(id) : this.#objects[id - this.#first]!;
  }
}

/** The components of a name (borrowed), numbers among them as numbers. */
export function componentsOf(lean: LeanRuntime, name: Obj): (string | number)[] {
  const parts: (string | number)[] = [];
  for (let n = name; !lean.isBox(n); n = lean.field(n, 0)) {
    const part = lean.field(n, 1);
    parts.push(lean.tag(n) === STRING_COMPONENT ? lean.stringText(part) : Number(lean.natText(part)));
  }
  return parts.reverse();
}
