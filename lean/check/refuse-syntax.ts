import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { type RefuseOptions, refusedAmong } from './refuse.ts';
import { REFUSED_KEYWORDS } from './refused-words.ts';
import { type Leaf, type SyntaxNode, syntaxNode, syntaxTokens } from './syntax-tokens.ts';

/** `start` is a byte offset in the whole text. */
export type RefusedSyntax = { readonly token: string; readonly start: number; readonly reason: string };

/**
 * The same table once more, over a command as Lean has parsed it and before it is elaborated: no notation can
 * disguise a word here. `untrusted` picks the leaves that are looked at.
 */
export function refusedSyntax(
  lean: LeanRuntime,
  syntax: Obj,
  untrusted: (leaves: readonly Leaf[]) => readonly Leaf[],
  options: RefuseOptions = {},
): RefusedSyntax | null {
  const leaves = untrusted(syntaxTokens(lean, syntax));
  if (leaves.length === 0) return null;
  const known = refusedAmong(leaves, options);
  if (known) return { token: known.token.text, start: known.token.start, reason: known.reason };
  const keyword = leaves.find((leaf) => leaf.keyword && REFUSED_KEYWORDS.pattern.test(leaf.text));
  if (keyword) return { token: keyword.text, start: keyword.start, reason: REFUSED_KEYWORDS.reason };
  const program = macroProgram(lean, syntax);
  if (program === null) return null;
  const reason = 'computes syntax by a program; a macro of a proof has to be a plain quotation';
  return { token: program, start: leaves[0]!.start, reason };
}

const MACRO = 'Lean.Parser.Command.macro';
const MACRO_RULES = 'Lean.Parser.Command.macro_rules';
/** Where their right-hand sides are: the last child of these. */
const ENDS_IN_RIGHT_SIDE = new Set(['Lean.Parser.Command.macroTail', 'Lean.Parser.Term.matchAlt']);

/** The macro command whose right-hand side is anything but one quotation, or null. */
function macroProgram(lean: LeanRuntime, stx: Obj): string | null {
  const node = syntaxNode(lean, stx);
  if (node === null) return null;
  const macro = node.kind === MACRO || node.kind === MACRO_RULES;
  if (macro && !rightSides(lean, node).every((side) => isQuotation(lean, side)))
    return node.kind === MACRO ? 'macro' : 'macro_rules';
  for (const child of node.args) {
    const found = macroProgram(lean, child);
    if (found !== null) return found;
  }
  return null;
}

function rightSides(lean: LeanRuntime, node: SyntaxNode): Obj[] {
  return node.args.flatMap((child) => {
    const inner = syntaxNode(lean, child);
    if (inner === null) return [];
    return ENDS_IN_RIGHT_SIDE.has(inner.kind) ? inner.args.slice(-1) : rightSides(lean, inner);
  });
}

/** `` `(…) `` or `` `(tactic| …) ``, possibly in nodes that hold nothing else. */
function isQuotation(lean: LeanRuntime, stx: Obj): boolean {
  const node = syntaxNode(lean, stx);
  if (node === null) return false;
  if (/(^|\.)(quot|quotSeq|dynamicQuot)$/.test(node.kind)) return true;
  return node.args.length === 1 && isQuotation(lean, node.args[0]!);
}
