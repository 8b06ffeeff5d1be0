import type { LeanRuntime, Obj, Sorry } from '../runtime/types.ts';
import { createGoalPrinter } from './goals.ts';
import { createTreeReader, TACTIC, TERM } from './info-tree.ts';
import type { positionsOf } from './source.ts';
import { createSyntaxReader } from './syntax.ts';

const SORRY_TACTIC = 'Lean.Parser.Tactic.tacticSorry';
const SORRY_TERM = 'Lean.Parser.Term.sorry';

/** One `sorry` in a tree: a tactic with a goal, or a term of a known type. What it holds is borrowed. */
export type FoundSorry = { readonly syntax: Obj; readonly context: Obj } & (
  | { readonly kind: 'tactic'; readonly mctx: Obj; readonly mvar: Obj }
  | { readonly kind: 'term'; readonly localContext: Obj; readonly type: Obj }
);

/** The sorries of a tree (borrowed), those in tactics first, as the REPL orders them. */
export function findSorries(lean: LeanRuntime, tree: Obj): FoundSorry[] {
  const stx = createSyntaxReader(lean);
  const trees = createTreeReader(lean);
  const inTactics: FoundSorry[] = [];
  const inTerms: FoundSorry[] = [];
  trees.walk(tree, (info, context) => {
    const kind = lean.tag(info);
    if (kind !== TACTIC && kind !== TERM) return true;
    const data = lean.field(info, 0);
    const syntax = trees.syntaxOf(info);
    if (kind === TERM) {
      const expected = lean.field(data, 2);
      if (!lean.isBox(expected) && stx.isSorry(syntax, SORRY_TERM))
        inTerms.push({
          kind: 'term',
          syntax,
          context,
          localContext: lean.field(data, 1),
          type: lean.field(expected, 0),
        });
      return true;
    }
    if (!stx.isSorry(syntax, SORRY_TACTIC)) return true;
    const goals = lean.field(data, 2);
    if (!lean.isBox(goals))
      inTactics.push({
        kind: 'tactic',
        syntax,
        context,
        mctx: lean.field(data, 1),
        mvar: lean.field(goals, 0),
      });
    return false;
  });
  return [...inTactics, ...inTerms];
}

/** The sorries of one command's trees (borrowed) with their goals as text. */
export function readSorries(
  lean: LeanRuntime,
  trees: readonly Obj[],
  at: ReturnType<typeof positionsOf>,
): Sorry[] {
  const { range } = createSyntaxReader(lean);
  const print = createGoalPrinter(lean);
  return trees
    .flatMap((tree) => findSorries(lean, tree))
    .map((sorry) => {
      const [start, end] = range(sorry.syntax);
      const goal =
        sorry.kind === 'term'
          ? print.expectedType(sorry.context, sorry.localContext, sorry.type)
          : print.goalsIn(sorry.context, sorry.mctx, lean.hold(lean.list([lean.inc(sorry.mvar)])))[0]!;
      return { pos: at(start), endPos: at(end), goal };
    });
}
