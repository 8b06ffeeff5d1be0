import { tokenize } from '../../src/lean-text/lexer.ts';
import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { type RefuseOptions, refusedAmong } from './refuse.ts';
import { computedConfiguration } from './refuse-configuration.ts';
import { REFUSED_KEYWORDS } from './refused-words.ts';
import { type Leaf, type SyntaxNode, syntaxNode, syntaxTokens } from './syntax-tokens.ts';

/** `start` is a byte offset in the whole text. */
export type RefusedSyntax = { readonly token: string; readonly start: number; readonly reason: string };

/**
 * The same table once more, over a command as Lean has parsed it and before it is elaborated: no notation can
 * disguise a word here. `untrusted` picks the leaves that are looked at; `ownTokens` are those that strings of the text
 * have introduced, as in `macro "run_it" : tactic`.
 */
export function refusedSyntax(
  lean: LeanRuntime,
  syntax: Obj,
  untrusted: (leaves: readonly Leaf[]) => readonly Leaf[],
  options: RefuseOptions & { readonly ownTokens?: ReadonlySet<string> } = {},
): RefusedSyntax | null {
  const leaves = untrusted(syntaxTokens(lean, syntax));
  const [first] = leaves;
  if (first === undefined) return null;
  const refused = (token: string, start: number, reason: string) => ({ token, start, reason });
  const known = refusedAmong(leaves, options);
  if (known) return refused(known.token.text, known.token.start, known.reason);
  const keyword = leaves.find((leaf) => isForeignKeyword(leaf, options.ownTokens));
  if (keyword) return refused(keyword.text, keyword.start, REFUSED_KEYWORDS.reason);
  const program = macroProgram(lean, syntax);
  if (program !== null)
    return refused(
      program,
      first.start,
      'computes syntax by a program; a macro of a proof has to be a plain quotation',
    );
  const computed = computedConfiguration(lean, syntax, untrusted);
  return computed === null
    ? null
    : refused(
        computed.text,
        computed.start,
        'is part of a configuration that Lean would have to run; it has to be made of literals',
      );
}

const isForeignKeyword = (leaf: Leaf, own: ReadonlySet<string> = new Set()): boolean =>
  leaf.keyword && REFUSED_KEYWORDS.pattern.test(leaf.text) && !own.has(leaf.text);

/** Tokens that the text's own syntax may have: what stands in its strings. */
export const tokensInStrings = (text: string): ReadonlySet<string> =>
  new Set(tokenize(text).flatMap((t) => (t.kind === 'string' ? [t.text.slice(1, -1).trim()] : [])));

/** Commands that define macros; their right-hand sides are the last child of one of `ENDS_IN_RIGHT_SIDE`. */
const MACROS: Readonly<Record<string, string>> = {
  'Lean.Parser.Command.macro': 'macro',
  'Lean.Parser.Command.macro_rules': 'macro_rules',
};
const ENDS_IN_RIGHT_SIDE = new Set(['Lean.Parser.Command.macroTail', 'Lean.Parser.Term.matchAlt']);
/** Its own last child is the right-hand side. */
const BINDER_PREDICATE = 'Lean.Parser.Command.binderPredicate';

/** The macro command whose right-hand side is anything but one quotation, or null. */
function macroProgram(lean: LeanRuntime, stx: Obj): string | null {
  const node = syntaxNode(lean, stx);
  if (node === null) return null;
  const macro = MACROS[node.kind];
  if (macro !== undefined && !rightSides(lean, node).every((side) => isQuotation(lean, side))) return macro;
  if (node.kind === BINDER_PREDICATE && !node.args.slice(-1).every((side) => isQuotation(lean, side)))
    return 'binder_predicate';
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

/** Wrappings that change nothing: `do`, `return`, `pure`, parentheses. */
const WRAPS = /^Lean\.Parser\.Term\.(do|doSeqIndent|doSeqItem|doExpr|doReturn|paren)$|^null$/;

/** `` `(…) `` or `` `(tactic| …) ``, possibly in nodes that hold nothing else. */
function isQuotation(lean: LeanRuntime, stx: Obj): boolean {
  const node = syntaxNode(lean, stx);
  if (node === null) return false;
  if (/(^|\.)(quot|quotSeq|dynamicQuot)$/.test(node.kind)) return true;
  const inner = node.args.filter((child) => (syntaxNode(lean, child)?.args.length ?? 0) > 0);
  if (node.args.length > 1 && !WRAPS.test(node.kind)) return false;
  return inner.length === 1 && isQuotation(lean, inner[0]!);
}
