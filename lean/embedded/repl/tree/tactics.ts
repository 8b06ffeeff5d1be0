import { createTreeReader, TACTIC } from '../../elaborate/info-tree.ts';
import { createSyntaxReader } from '../../elaborate/syntax.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';

/** A TacticInfo of a tree; everything is borrowed or held. */
export type FoundTactic = {
  readonly context: Obj;
  readonly syntax: Obj;
  readonly mctxBefore: Obj;
  readonly goalsBefore: Obj;
  readonly mctxAfter: Obj;
  readonly goalsAfter: Obj;
};

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

export function createTacticFinder(lean: InstanceRuntime) {
  const trees = createTreeReader(lean);
  const syntax = createSyntaxReader(lean);

  const read = (info: Obj, context: Obj): FoundTactic => {
    const data = lean.field(info, 0);
    return {
      context,
      syntax: trees.syntaxOf(info),
      mctxBefore: lean.field(data, 1),
      goalsBefore: lean.field(data, 2),
      mctxAfter: lean.field(data, 3),
      goalsAfter: lean.field(data, 4),
    };
  };
  const isTactic = (info: Obj) => lean.tag(info) === TACTIC;
  const isSubstantive = (stx: Obj) => !FRAMES.has(syntax.kindOf(stx) ?? 'null');

  return {
    read,
    isTactic,
    isSubstantive,
    /** Tactics that the user wrote, frames left out, in the order of the tree. */
    tactics: (tree: Obj): FoundTactic[] => {
      const found: FoundTactic[] = [];
      trees.walk(tree, (info, context) => {
        if (isTactic(info) && syntax.isOriginal(trees.syntaxOf(info)) && isSubstantive(trees.syntaxOf(info)))
          found.push(read(info, context));
        return true;
      });
      return found;
    },
    /** The outermost tactic blocks: their goals are those that a proof begins with. */
    blocks: (tree: Obj): FoundTactic[] => {
      const found: FoundTactic[] = [];
      trees.walk(tree, (info, context) => {
        if (!isTactic(info)) return true;
        found.push(read(info, context));
        return false;
      });
      return found;
    },
  };
}
