import type { Memory } from './memory.ts';
import type { Obj } from './types.ts';

const ARRAY_TAG = 246;
const FIELDS = 8;
const ARRAY_ITEMS = 16;
const STRING_BYTES = 20;

export type Objects = ReturnType<typeof createObjects>;

/** Constructors, strings, arrays and lists. Arguments that become parts are owned, what is read is borrowed. */
export function createObjects(memory: Memory) {
  const { W, bytes, words, field, size, isBox, box, inc } = memory;
  const alloc = W('lean_alloc_object');
  const malloc = W('malloc');
  const free = W('free');
  const stringOf = W('lean_mk_string_from_bytes');

  const header = (o: Obj, objectSize: number, fields: number, tag: number) => {
    words()[o >> 2] = 1;
    const b = bytes();
    b[o + 4] = objectSize & 255;
    b[o + 5] = objectSize >> 8;
    b[o + 6] = fields;
    b[o + 7] = tag;
  };

  const ctor = (tag: number, fields: readonly Obj[], scalars: readonly number[] = []): Obj => {
    const objectSize = (FIELDS + 4 * fields.length + scalars.length + 7) & ~7;
    const o = alloc(objectSize);
    header(o, objectSize, fields.length, tag);
    bytes().fill(0, o + FIELDS + 4 * fields.length, o + objectSize);
    words().set(fields, (o + FIELDS) >> 2);
    bytes().set(scalars, o + FIELDS + 4 * fields.length);
    return o;
  };

  const objectSize = (o: Obj) => bytes()[o + 4]! | (bytes()[o + 5]! << 8);

  const withField = (o: Obj, i: number, value: Obj): Obj => {
    const count = size(o);
    const fields = Array.from({ length: count }, (_, j) => (j === i ? value : inc(field(o, j))));
    return ctor(bytes()[o + 7]!, fields, [...bytes().slice(o + FIELDS + 4 * count, o + objectSize(o))]);
  };

  const array = (items: readonly Obj[]): Obj => {
    const o = alloc(ARRAY_ITEMS + 4 * items.length);
    header(o, 0, 0, ARRAY_TAG);
    words().set([items.length, items.length, ...items], (o + FIELDS) >> 2);
    return o;
  };

  const arrayItems = (o: Obj): Obj[] => {
    const w = words();
    const start = (o + ARRAY_ITEMS) >> 2;
    return Array.from(w.subarray(start, start + w[(o + FIELDS) >> 2]!));
  };

  const list = (items: readonly Obj[]): Obj =>
    items.reduceRight((tail, item) => ctor(1, [item, tail]), box(0));

  const listItems = (o: Obj): Obj[] => {
    const items: Obj[] = [];
    for (let rest = o; !isBox(rest); rest = field(rest, 1)) items.push(field(rest, 0));
    return items;
  };

  const string = (text: string): Obj => {
    const utf8 = Buffer.from(text, 'utf8');
    const copy = malloc(utf8.length + 1);
    bytes().set(utf8, copy);
    const o = stringOf(copy, utf8.length);
    free(copy);
    return o;
  };

  // The size counts a closing zero. A decoder takes no shared memory, hence the copy.
  const stringText = (o: Obj): string => {
    const length = words()[(o + FIELDS) >> 2]! - 1;
    return Buffer.from(bytes().slice(o + STRING_BYTES, o + STRING_BYTES + length).buffer).toString('utf8');
  };

  return { ctor, withField, array, arrayItems, list, listItems, string, stringText };
}
