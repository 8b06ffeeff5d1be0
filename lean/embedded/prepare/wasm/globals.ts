import { KIND, Reader, SECTION, type Section } from './sections.ts';

const MUTABLE = 1;
const END = 0x0b;
/** Constant expressions as the module has them: one instruction with one number, then `end`. */
const CONSTANTS = new Set([0x23, 0x41, 0x42, 0xd0, 0xd2]);

/** Indices of the mutable globals that the module itself defines: state of an instance outside of its memory. */
export function ownMutableGlobals(sections: readonly Section[]): number[] {
  const body = (id: number) => sections.find((section) => section.id === id)?.body;
  const globals = body(SECTION.global);
  if (!globals) return [];
  let index = importedGlobals(body(SECTION.import));
  const found: number[] = [];
  const reader = new Reader(globals);
  for (let left = reader.unsigned(); left > 0; left--, index++) {
    reader.byte();
    if (reader.byte() === MUTABLE) found.push(index);
    if (!CONSTANTS.has(reader.byte())) throw new Error(`global ${index} does not begin with a constant`);
    reader.skipNumber();
    if (reader.byte() !== END) throw new Error(`global ${index} begins with more than a constant`);
  }
  return found;
}

function importedGlobals(imports: Uint8Array | undefined): number {
  if (!imports) return 0;
  const reader = new Reader(imports);
  let globals = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === KIND.function) reader.skipNumber();
    else if (kind === KIND.global) {
      reader.at += 2;
      globals += 1;
    } else if (kind === KIND.tag) {
      reader.byte();
      reader.skipNumber();
    } else {
      // A table has the type of its elements before its limits.
      if (kind === KIND.table) reader.byte();
      const flags = reader.byte();
      reader.skipNumber();
      if (flags & 1) reader.skipNumber();
    }
  }
  return globals;
}
