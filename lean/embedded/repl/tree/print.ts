import type { Position } from '../../../../src/model/index.ts';
import type { Monads } from '../../elaborate/monads.ts';
import { createSyntaxReader } from '../../elaborate/syntax.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import { LeanIoError, type Obj } from '../../runtime/types.ts';
import type { createContextInfos } from '../proof/context-info.ts';

/** Text and positions of syntax, terms and goals in their `ContextInfo`. Everything is borrowed. */
export function createPrinter(
  lean: InstanceRuntime,
  monads: Monads,
  contexts: ReturnType<typeof createContextInfos>,
) {
  const { W, inc, box, field, hold } = lean;
  const syntax = createSyntaxReader(lean);
  const empty = () => lean.global('l_Lean_LocalContext_empty');

  const inMeta = (context: Obj, localContext: Obj, symbol: string, ...args: readonly Obj[]): string => {
    let text = '';
    monads.runMeta(context, localContext, (scope) => {
      text = monads.pretty(monads.inMeta(scope, symbol, ...args));
      return box(0);
    });
    return text;
  };

  const position = (context: Obj, byte: number): Position => {
    const found = hold(W('l_Lean_FileMap_toPosition___boxed')(inc(contexts.fileMap(context)), box(byte)));
    return { line: lean.unbox(field(found, 0)), column: lean.unbox(field(found, 1)) };
  };

  return {
    range: (context: Obj, stx: Obj): { pos: Position; endPos: Position } => {
      const [start, end] = syntax.range(stx);
      return { pos: position(context, start), endPos: position(context, end) };
    },
    isOriginal: syntax.isOriginal,
    /** A tactic as Lean formats it. */
    tactic: (context: Obj, stx: Obj): string => {
      let text = '';
      monads.runMeta(context, empty(), (scope) => {
        try {
          text = monads.pretty(monads.inCore(scope, 'l_Lean_PrettyPrinter_ppTactic___boxed', inc(stx)));
        } catch (error) {
          if (!(error instanceof LeanIoError)) throw error;
          text = '<failed to pretty print>';
        }
        return box(0);
      });
      return text;
    },
    /** Other syntax as Lean formats it, in a local context. */
    syntax: (context: Obj, localContext: Obj | null, stx: Obj): string => {
      const result = W('l_Lean_Elab_ContextInfo_ppSyntax___boxed')(
        inc(context),
        inc(localContext ?? empty()),
        inc(stx),
        box(0),
      );
      return monads.pretty(lean.io(result));
    },
    expression: (context: Obj, localContext: Obj, e: Obj): string => {
      const instantiated = hold(W('lean_instantiate_expr_mvars')(inc(contexts.mctx(context)), inc(e)));
      return inMeta(context, localContext, 'l_Lean_Meta_ppExpr___boxed', inc(field(instantiated, 1)));
    },
    goal: (context: Obj, mvar: Obj): string =>
      inMeta(context, empty(), 'l_Lean_Meta_ppGoal___boxed', inc(mvar)),
    /** All goals in one text, `no goals` if there is none. */
    goals: (context: Obj, goals: Obj): string =>
      monads
        .pretty(lean.io(W('l_Lean_Elab_ContextInfo_ppGoals___boxed')(inc(context), inc(goals), box(0))))
        .trim(),
    /** A name as Lean writes it, with `«»` where needed. */
    name: (name: Obj): string => lean.stringText(hold(W('l_Lean_Name_toString___boxed')(inc(name), box(1)))),
    kind: (stx: Obj): string =>
      lean.stringText(hold(W('l_Lean_Name_toString___boxed')(W('l_Lean_Syntax_getKind')(inc(stx)), box(1)))),
  };
}
export type Printer = ReturnType<typeof createPrinter>;
