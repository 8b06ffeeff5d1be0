import type { LeanRuntime, Obj, Sorry } from '../runtime/types.ts';
import { createGoalPrinter } from './goals.ts';
import type { positionsOf } from './source.ts';
import { createSyntaxReader } from './syntax.ts';

/* InfoTree: context 0 {partial context, tree} | node 1 {info, children} | hole 2. Info: tactic 0, term 1, others. */
const CONTEXT = 0;
const NODE = 1;
const TACTIC = 0;
const TERM = 1;
/* TacticInfo {ElabInfo, mctxBefore, goalsBefore, mctxAfter, goalsAfter}; TermInfo {ElabInfo, lctx, expectedType?, expr}. */
const ELAB_INFO = 0;
const SYNTAX = 1;

/** Not tactics of their own, only their frames. */
const FRAMES = new Set([
  'null',
  'Lean.cdot',
  'Lean.cdotTk',
  'cdot',
  'cdotTk',
  'Lean.Parser.Term.byTactic',
  'Lean.Parser.Tactic.tacticSeq',
  'Lean.Parser.Tactic.tacticSeq1Indented',
  'Lean.Parser.Tactic.tactic_<;>_',
  'Lean.Parser.Tactic.paren',
]);

export type TacticStep = Sorry & { readonly bytes: readonly [number, number]; readonly goals: string };

/** Sorries, and on request every tactic with the goals before it, of one command's trees (borrowed). */
export function readTrees(
  lean: LeanRuntime,
  trees: readonly Obj[],
  at: ReturnType<typeof positionsOf>,
  allTactics: boolean,
): { sorries: Sorry[]; tactics: TacticStep[] } {
  const syntax = createSyntaxReader(lean);
  const print = createGoalPrinter(lean);
  const sorries: Sorry[] = [];
  const tactics: TacticStep[] = [];
  const span = ([start, end]: readonly [number, number]) => ({ pos: at(start), endPos: at(end) });

  /** False: its children hold nothing of interest. */
  type Visit = (info: Obj, context: Obj) => boolean;
  const walk = (tree: Obj, context: Obj, visit: Visit): void => {
    if (lean.isBox(tree)) return;
    if (lean.tag(tree) === CONTEXT) {
      const merged = lean.hold(
        lean.W('l_Lean_Elab_PartialContextInfo_mergeIntoOuter_x3f')(
          lean.inc(lean.field(tree, 0)),
          lean.inc(context),
        ),
      );
      walk(lean.field(tree, 1), merged, visit);
    } else if (lean.tag(tree) === NODE) {
      if (!lean.isBox(context) && !visit(lean.field(tree, 0), lean.field(context, 0))) return;
      for (const child of lean.persistentItems(lean.field(tree, 1))) walk(child, context, visit);
    }
  };

  for (const tree of trees) {
    const inTactics: Sorry[] = [];
    const inTerms: Sorry[] = [];
    walk(tree, lean.box(0), (info, context) => {
      if (lean.isBox(info)) return true;
      const kind = lean.tag(info);
      if (kind !== TACTIC && kind !== TERM) return true;
      const data = lean.field(info, 0);
      const stx = lean.field(lean.field(data, ELAB_INFO), SYNTAX);
      if (kind === TERM) {
        const expected = lean.field(data, 2);
        if (!lean.isBox(expected) && syntax.isSorry(stx, 'Lean.Parser.Term.sorry'))
          inTerms.push({
            ...span(syntax.range(stx)),
            goal: print.expectedType(context, lean.field(data, 1), lean.field(expected, 0)),
          });
        return true;
      }
      const goalsBefore = lean.field(data, 2);
      if (allTactics && syntax.isOriginal(stx) && !FRAMES.has(syntax.kindOf(stx) ?? 'null')) {
        const bytes = syntax.range(stx);
        const goals = print.goalsIn(context, lean.field(data, 1), goalsBefore);
        tactics.push({ ...span(bytes), bytes, goal: goals[0] ?? '', goals: goals.join('\n') });
      }
      if (!syntax.isSorry(stx, 'Lean.Parser.Tactic.tacticSorry')) return true;
      if (!lean.isBox(goalsBefore)) {
        const first = lean.hold(lean.list([lean.inc(lean.field(goalsBefore, 0))]));
        inTactics.push({
          ...span(syntax.range(stx)),
          goal: print.goalsIn(context, lean.field(data, 1), first)[0]!,
        });
      }
      return false;
    });
    sorries.push(...inTactics, ...inTerms);
  }
  return { sorries, tactics };
}
