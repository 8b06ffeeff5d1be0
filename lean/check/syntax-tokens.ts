import type { Token, TokenKind } from '../../src/lean-text/lexer.ts';
import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';

/* `Lean.Syntax`: missing (boxed) | node 1 {info, kind, args} | atom 2 {info, text} | ident 3 {info, raw, ..}. */
const NODE = 1;
const ATOM = 2;
const IDENT = 3;
/* `SourceInfo`: original 0 {leading, pos, trailing, endPos} | synthetic 1 {pos, endPos} | none (boxed). */
const ORIGINAL = 0;

/** Kinds of nodes whose atoms are text, not words. */
const TEXT_KINDS: Readonly<Record<string, TokenKind>> = {
  str: 'string',
  char: 'char',
  num: 'number',
  scientific: 'number',
  name: 'name',
  interpolatedStrLitKind: 'interpolation',
  'Lean.Parser.Command.docComment': 'doc',
  'Lean.Parser.Command.moduleDoc': 'moduleDoc',
};

/** A leaf of the syntax tree; `start` and `end` are byte offsets, line and column are not known (0). */
export type Leaf = Token & { readonly keyword: boolean };

/** Identifiers keep their raw text by this, as `{text, start, stop}` of a `Substring`. */
function rawText(lean: LeanRuntime, substring: Obj, texts: Map<Obj, Buffer>): string {
  const whole = lean.field(substring, 0);
  const bytes = texts.get(whole) ?? Buffer.from(lean.stringText(whole), 'utf8');
  texts.set(whole, bytes);
  return bytes.toString('utf8', lean.unbox(lean.field(substring, 1)), lean.unbox(lean.field(substring, 2)));
}

const wordKind = (text: string): TokenKind =>
  /^#\p{L}/u.test(text) ? 'hash' : /^[\p{L}_«]/u.test(text) ? 'word' : 'symbol';

/** The leaves of a command as Lean itself has lexed it, whatever tokens the file has declared. */
export function syntaxTokens(lean: LeanRuntime, syntax: Obj): Leaf[] {
  const { field, tag } = lean;
  const leaves: Leaf[] = [];
  const texts = new Map<Obj, Buffer>();
  const range = (info: Obj): readonly [number, number] => {
    if (lean.isBox(info)) return [-1, -1];
    const fields = tag(info) === ORIGINAL ? [1, 3] : [0, 1];
    return [lean.unbox(field(info, fields[0]!)), lean.unbox(field(info, fields[1]!))];
  };
  const leaf = (stx: Obj, kind: TokenKind, text: string, keyword: boolean) => {
    const [start, end] = range(field(stx, 0));
    leaves.push({ kind, text, start, end, line: 0, column: 0, keyword });
  };
  const visit = (stx: Obj, parent: string): void => {
    if (lean.isBox(stx)) return;
    if (tag(stx) === ATOM) {
      const text = lean.stringText(field(stx, 1));
      leaf(stx, TEXT_KINDS[parent] ?? wordKind(text), text, TEXT_KINDS[parent] === undefined);
    } else if (tag(stx) === IDENT) {
      leaf(stx, 'word', rawText(lean, field(stx, 1), texts), false);
    } else if (tag(stx) === NODE) {
      const kind = lean.nameText(field(stx, 1));
      for (const child of lean.arrayItems(field(stx, 2))) visit(child, kind);
    }
  };
  visit(syntax, '');
  return leaves;
}

export type SyntaxNode = { readonly kind: string; readonly args: readonly Obj[] };
/** Kind and children of a node; null for leaves and missing pieces. */
export const syntaxNode = (lean: LeanRuntime, stx: Obj): SyntaxNode | null =>
  lean.isBox(stx) || lean.tag(stx) !== NODE
    ? null
    : { kind: lean.nameText(lean.field(stx, 1)), args: lean.arrayItems(lean.field(stx, 2)) };
