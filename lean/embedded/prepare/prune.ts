import { OWN_GLOBAL } from '../instance/snapshot.ts';
import { ownMutableGlobals } from './wasm/globals.ts';
import { KIND, name, Reader, readSections, SECTION, unsigned, writeModule } from './wasm/sections.ts';
import { withoutUnreachable } from './wasm/unreachable.ts';

/**
 * The same WebAssembly module with fewer exports, without the code that only those reached, and with its own mutable
 * globals exported for snapshots.
 */
export function pruneModule(wasm: Buffer, keep: (symbol: string) => boolean): Buffer {
  const sections = readSections(wasm);
  const globals = ownMutableGlobals(sections).map((index) =>
    Buffer.concat([name(`${OWN_GLOBAL}${index}`), Buffer.of(KIND.global), unsigned(index)]),
  );
  const fewer = sections.map((section) =>
    section.id === SECTION.export ? { ...section, body: exportsOf(section.body, keep, globals) } : section,
  );
  return writeModule(wasm, withoutUnreachable(fewer));
}

function exportsOf(body: Uint8Array, keep: (symbol: string) => boolean, more: readonly Buffer[]): Buffer {
  const reader = new Reader(body);
  const kept: Uint8Array[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    const start = reader.at;
    const symbol = reader.name();
    reader.byte();
    reader.skipNumber();
    if (keep(symbol)) kept.push(body.subarray(start, reader.at));
  }
  return Buffer.concat([unsigned(kept.length + more.length), ...kept, ...more]);
}
