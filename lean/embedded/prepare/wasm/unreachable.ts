import { eachCall } from './calls.ts';
import { elementFunctions } from './elements.ts';
import { countImports } from './imports.ts';
import { KIND, Reader, SECTION, type Section, unsigned } from './sections.ts';

/** No locals, `unreachable`, `end`: as a whole body with its length. */
const TRAP = Buffer.of(3, 0x00, 0x00, 0x0b);

/**
 * The sections with the code of functions that nothing can reach (not exported, in no table, called by no such function)
 * replaced by a trap. V8 keeps the bytes of a module in memory for as long as it lives.
 */
export function withoutUnreachable(sections: readonly Section[]): Section[] {
  const body = (id: number) => sections.find((section) => section.id === id)?.body;
  const code = body(SECTION.code);
  if (!code) return [...sections];
  const imported = countImports(body(SECTION.import)).functions;
  const bodies = readBodies(code);
  const reached = new Uint8Array(bodies.length);
  const pending: number[] = [];
  const reach = (index: number) => {
    const own = index - imported;
    if (own < 0 || reached[own]) return;
    reached[own] = 1;
    pending.push(own);
  };
  for (const index of exportedFunctions(body(SECTION.export))) reach(index);
  for (const index of elementFunctions(body(SECTION.element))) reach(index);
  const start = body(SECTION.start);
  if (start) reach(new Reader(start).unsigned());
  for (let own = pending.pop(); own !== undefined; own = pending.pop()) eachCall(bodies[own]!.code, reach);
  const kept = bodies.map(({ whole }, own) => (reached[own] ? whole : TRAP));
  const pruned = Buffer.concat([unsigned(bodies.length), ...kept]);
  return sections.map((section) => (section.id === SECTION.code ? { ...section, body: pruned } : section));
}

/** `whole` is `code` with its length before it. */
type Body = { readonly whole: Uint8Array; readonly code: Uint8Array };

function readBodies(section: Uint8Array): Body[] {
  const reader = new Reader(section);
  return Array.from({ length: reader.unsigned() }, () => {
    const start = reader.at;
    const length = reader.unsigned();
    const codeAt = reader.at;
    reader.at += length;
    if (reader.at > section.length) throw new Error('a function ends behind its section');
    return { whole: section.subarray(start, reader.at), code: section.subarray(codeAt, reader.at) };
  });
}

function exportedFunctions(section: Uint8Array | undefined): number[] {
  if (!section) return [];
  const reader = new Reader(section);
  const found: number[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.name();
    const kind = reader.byte();
    const index = reader.unsigned();
    if (kind === KIND.function) found.push(index);
  }
  return found;
}
