import type { LeanRuntime, Obj } from '../runtime/types.ts';

/* `Lean.Syntax`: missing (boxed) | node 1 {info, kind, args} | atom 2 {info, text} | ident 3 {info, ..}. */
const NODE = 1;
const ATOM = 2;
const ORIGINAL = 0;

export function createSyntaxReader(lean: LeanRuntime) {
  const kindOf = (stx: Obj): string | null =>
    !lean.isBox(stx) && lean.tag(stx) === NODE ? lean.nameText(lean.field(stx, 1)) : null;

  const isSorry = (stx: Obj, kind: string): boolean => {
    if (kindOf(stx) !== kind) return false;
    const args = lean.arrayItems(lean.field(stx, 2));
    const word = args[0];
    return (
      args.length === 1 &&
      word !== undefined &&
      !lean.isBox(word) &&
      lean.tag(word) === ATOM &&
      lean.stringText(lean.field(word, 1)) === 'sorry'
    );
  };

  const headInfo = (stx: Obj): Obj | null => {
    if (lean.isBox(stx)) return null;
    const info = lean.field(stx, 0);
    if (lean.tag(stx) !== NODE || !lean.isBox(info)) return info;
    for (const child of lean.arrayItems(lean.field(stx, 2))) {
      const found = headInfo(child);
      if (found !== null) return found;
    }
    return null;
  };

  /** Written by the user, not made by a macro. */
  const isOriginal = (stx: Obj): boolean => {
    const info = headInfo(stx);
    return info !== null && !lean.isBox(info) && lean.tag(info) === ORIGINAL;
  };

  const offset = (symbol: string, stx: Obj, otherwise: number): number => {
    const found = lean.W(symbol)(lean.inc(stx), lean.box(0));
    if (lean.isBox(found)) return otherwise;
    const byte = lean.unbox(lean.field(found, 0));
    lean.dec(found);
    return byte;
  };

  /** Byte offsets; synthetic positions count, as in the REPL. */
  const range = (stx: Obj): readonly [number, number] => {
    const start = offset('l_Lean_Syntax_getPos_x3f___boxed', stx, 0);
    return [start, offset('l_Lean_Syntax_getTailPos_x3f___boxed', stx, start)];
  };

  return { kindOf, isSorry, isOriginal, range };
}
