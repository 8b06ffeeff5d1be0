import { Reader } from './sections.ts';

/** Bits of a segment's kind: https://webassembly.github.io/spec/core/binary/modules.html#element-section */
const NOT_ACTIVE = 1;
const EXPLICIT = 2;
const EXPRESSIONS = 4;
const REF_FUNC = 0xd2;

/** The functions that element segments put into tables. */
export function elementFunctions(section: Uint8Array | undefined): number[] {
  if (!section) return [];
  const reader = new Reader(section);
  const found: number[] = [];
  for (let segments = reader.unsigned(); segments > 0; segments--) {
    const kind = reader.unsigned();
    if (!(kind & NOT_ACTIVE)) {
      if (kind & EXPLICIT) reader.skipNumber();
      // The offset: one instruction with one number, then `end`.
      reader.byte();
      reader.skipNumber();
      reader.byte();
    }
    if (kind & (NOT_ACTIVE | EXPLICIT)) reader.byte();
    for (let items = reader.unsigned(); items > 0; items--) {
      if (!(kind & EXPRESSIONS)) {
        found.push(reader.unsigned());
        continue;
      }
      const isFunction = reader.byte() === REF_FUNC;
      const index = reader.unsigned();
      if (isFunction) found.push(index);
      reader.byte();
    }
  }
  return found;
}
