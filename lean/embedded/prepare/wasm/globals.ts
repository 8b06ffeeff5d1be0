import { countImports } from './imports.ts';
import { Reader, SECTION, type Section } from './sections.ts';

const MUTABLE = 1;
const END = 0x0b;
/** Constant expressions as the module has them: one instruction with one number, then `end`. None names a function. */
const CONSTANTS = new Set([0x23, 0x41, 0x42, 0xd0]);

/** Indices of the mutable globals that the module itself defines: state of an instance outside of its memory. */
export function ownMutableGlobals(sections: readonly Section[]): number[] {
  const body = (id: number) => sections.find((section) => section.id === id)?.body;
  const globals = body(SECTION.global);
  if (!globals) return [];
  let index = countImports(body(SECTION.import)).globals;
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
