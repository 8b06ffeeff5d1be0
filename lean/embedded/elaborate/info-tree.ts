import type { LeanRuntime, Obj } from '../runtime/types.ts';

/* InfoTree: context 0 {partial context, tree} | node 1 {info, children} | hole 2 {metavariable}. */
const CONTEXT = 0;
const NODE = 1;

/** `Lean.Elab.Info`: the constructors that are looked into. */
export const TACTIC = 0;
export const TERM = 1;
export const COMMAND = 3;
/* TacticInfo {ElabInfo, mctxBefore, goalsBefore, mctxAfter, goalsAfter}; TermInfo {ElabInfo, lctx, expectedType?, expr};
   CommandInfo has an ElabInfo only, and so is one. ElabInfo {elaborator, stx}. */
const ELAB_INFO = 0;
const ELABORATOR = 0;
const SYNTAX = 1;

export type Tree =
  | { readonly kind: 'context'; readonly context: Obj; readonly tree: Obj }
  | { readonly kind: 'node'; readonly info: Obj; readonly children: readonly Obj[] }
  | { readonly kind: 'hole'; readonly mvar: Obj };

/** Reads `Lean.Elab.InfoTree`s (borrowed); what it gives is borrowed or held. */
export function createTreeReader(lean: LeanRuntime) {
  const open = (tree: Obj): Tree => {
    const tag = lean.tag(tree);
    if (tag === CONTEXT) return { kind: 'context', context: lean.field(tree, 0), tree: lean.field(tree, 1) };
    if (tag !== NODE) return { kind: 'hole', mvar: lean.field(tree, 0) };
    return {
      kind: 'node',
      info: lean.field(tree, 0),
      children: lean.persistentItems(lean.field(tree, 1)),
    };
  };

  /** The `ContextInfo` below a partial one, null when there is none yet. */
  const within = (outer: Obj | null, partial: Obj): Obj | null => {
    const merged = lean.hold(
      lean.W('l_Lean_Elab_PartialContextInfo_mergeIntoOuter_x3f')(
        lean.inc(partial),
        outer === null ? lean.box(0) : lean.ctor(1, [lean.inc(outer)]),
      ),
    );
    return lean.isBox(merged) ? null : lean.field(merged, 0);
  };

  /** `visit` answers false when the children hold nothing of interest. */
  const walk = (tree: Obj, visit: (info: Obj, context: Obj) => boolean, context: Obj | null = null): void => {
    const found = open(tree);
    if (found.kind === 'context') walk(found.tree, visit, within(context, found.context));
    if (found.kind !== 'node') return;
    if (context !== null && !lean.isBox(found.info) && !visit(found.info, context)) return;
    for (const child of found.children) walk(child, visit, context);
  };

  const elabInfo = (info: Obj): Obj => {
    const data = lean.field(info, 0);
    return lean.tag(info) === COMMAND ? data : lean.field(data, ELAB_INFO);
  };

  return {
    open,
    within,
    walk,
    /** Of a TacticInfo, TermInfo or CommandInfo: its syntax, and the name of its elaborator. */
    syntaxOf: (info: Obj): Obj => lean.field(elabInfo(info), SYNTAX),
    elaboratorOf: (info: Obj): Obj => lean.field(elabInfo(info), ELABORATOR),
  };
}
