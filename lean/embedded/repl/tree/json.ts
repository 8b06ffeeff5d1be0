import { COMMAND, createTreeReader, TERM, type Tree } from '../../elaborate/info-tree.ts';
import { createSyntaxReader } from '../../elaborate/syntax.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';
import type { createContextInfos } from '../proof/context-info.ts';
import type { InfoTreeJson, InfoTreeMode } from '../protocol.ts';
import type { Printer } from './print.ts';
import { createTacticFinder } from './tactics.ts';

/** `Lean.Elab.Info`'s constructors in order. */
const KINDS = [
  'TacticInfo',
  'TermInfo',
  'PartialTermInfo',
  'CommandInfo',
  'MacroExpansionInfo',
  'OptionInfo',
  'ErrorNameInfo',
  'FieldInfo',
  'CompletionInfo',
  'UserWidgetInfo',
  'CustomInfo',
  'FVarAliasInfo',
  'FieldRedeclInfo',
  'DelabTermInfo',
  'ChoiceInfo',
  'DocInfo',
  'DocElabInfo',
];
/** What Lean prints for a term that it cannot; the original answers null then. */
const UNPRINTABLE =
  "failed to pretty print term (use 'set_option pp.rawOnError true' for raw representation)";
/* Syntax.node {info, kind, args}. */
const NODE = 1;
const ARGS = 2;

/** Info trees as the original answers them. */
export function createTreeJson(
  lean: InstanceRuntime,
  contexts: ReturnType<typeof createContextInfos>,
  print: Printer,
) {
  const trees = createTreeReader(lean);
  const finder = createTacticFinder(lean);
  const syntax = createSyntaxReader(lean);

  const keeps = (mode: InfoTreeMode, info: Obj): boolean => {
    if (mode === 'full') return true;
    if (!finder.isTactic(info)) return false;
    const stx = trees.syntaxOf(info);
    if (mode === 'original') return syntax.isOriginal(stx);
    return mode === 'tactics' || finder.isSubstantive(stx);
  };

  const syntaxJson = (context: Obj, stx: Obj, pp: string) => {
    const { pos, endPos } = print.range(context, stx);
    const args = !lean.isBox(stx) && lean.tag(stx) === NODE ? lean.arrayItems(lean.field(stx, ARGS)) : [];
    return {
      range: { synthetic: !syntax.isOriginal(stx), start: pos, finish: endPos },
      pp: pp === UNPRINTABLE ? null : pp,
      kind: print.kind(stx),
      argKinds: args.map(print.kind),
    };
  };
  const elaborator = (info: Obj) => {
    const name = trees.elaboratorOf(info);
    return lean.isBox(name) ? null : print.name(name);
  };

  const tacticNode = (info: Obj, context: Obj) => {
    const tactic = finder.read(info, context);
    const goals = (mctx: Obj, list: Obj) => {
      const inside = contexts.withMctx(context, mctx);
      return lean.listItems(list).map((goal) => print.goal(inside, goal));
    };
    const isNode = !lean.isBox(tactic.syntax) && lean.tag(tactic.syntax) === NODE;
    return {
      stx: syntaxJson(context, tactic.syntax, print.tactic(context, tactic.syntax)),
      name: isNode ? print.kind(tactic.syntax) : null,
      goalsBefore: goals(tactic.mctxBefore, tactic.goalsBefore),
      goalsAfter: goals(tactic.mctxAfter, tactic.goalsAfter),
    };
  };

  /* TermInfo {ElabInfo, lctx, expectedType?, expr; isBinder}. */
  const termNode = (info: Obj, context: Obj) => {
    const data = lean.field(info, 0);
    const localContext = lean.field(data, 1);
    const expected = lean.field(data, 2);
    const stx = trees.syntaxOf(info);
    return {
      stx: syntaxJson(context, stx, print.syntax(context, localContext, stx)),
      isBinder: lean.byte(data, 0) === 1,
      expr: print.expression(context, localContext, lean.field(data, 3)),
      ...(lean.isBox(expected)
        ? {}
        : { expectedType: print.expression(context, localContext, lean.field(expected, 0)) }),
      elaborator: elaborator(info),
    };
  };

  const commandNode = (info: Obj, context: Obj) => {
    const stx = trees.syntaxOf(info);
    return {
      stx: syntaxJson(context, stx, print.syntax(context, null, stx)),
      elaborator: elaborator(info),
    };
  };

  const nodeOf = (info: Obj, context: Obj) => {
    if (finder.isTactic(info)) return tacticNode(info, context);
    if (lean.tag(info) === TERM) return termNode(info, context);
    return lean.tag(info) === COMMAND ? commandNode(info, context) : null;
  };

  const json = (tree: Tree, mode: InfoTreeMode, context: Obj | null): InfoTreeJson[] => {
    if (tree.kind === 'context') {
      const inner = trees.within(context, tree.context);
      return json(trees.open(tree.tree), mode, inner);
    }
    if (tree.kind === 'hole')
      return mode === 'full' && context !== null ? [{ goalState: print.goal(context, tree.mvar) }] : [];
    // A boxed `Info` has no data and so no syntax.
    const kept = lean.isBox(tree.info) ? mode === 'full' : keeps(mode, tree.info);
    const children = tree.children.flatMap((child) => json(trees.open(child), mode, context));
    if (!kept || context === null) return children;
    const kind = KINDS[lean.tag(tree.info)] ?? 'CustomInfo';
    return [{ node: lean.isBox(tree.info) ? null : nodeOf(tree.info, context), kind, children }];
  };

  return (tree: Obj, mode: InfoTreeMode): InfoTreeJson[] => json(trees.open(tree), mode, null);
}
