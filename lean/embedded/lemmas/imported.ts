import type { LeanRuntime, Obj } from '../runtime/types.ts';

/* Std.HashMap {size, buckets}; a bucket is an AssocList: nil, or cons {key, value, tail}. */
const BUCKETS = 1;
const KEY = 0;
const VALUE = 1;
const TAIL = 2;

/** Calls `visit` with each imported constant: its name and its `ConstantInfo`, both borrowed. */
export function forEachImported(
  lean: LeanRuntime,
  imported: Obj,
  visit: (name: Obj, constant: Obj) => void,
): void {
  for (const bucket of lean.arrayItems(lean.field(imported, BUCKETS)))
    for (let cell = bucket; !lean.isBox(cell); cell = lean.field(cell, TAIL))
      visit(lean.field(cell, KEY), lean.field(cell, VALUE));
}
