import { KIND, Reader } from './sections.ts';

/** How many functions and globals a module imports: its own are numbered behind them. */
export function countImports(body: Uint8Array | undefined): { functions: number; globals: number } {
  const counted = { functions: 0, globals: 0 };
  if (!body) return counted;
  const reader = new Reader(body);
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === KIND.function) {
      reader.skipNumber();
      counted.functions += 1;
    } else if (kind === KIND.global) {
      reader.at += 2;
      counted.globals += 1;
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
  return counted;
}
