import { createMonads } from '../elaborate/monads.ts';
import { createContextInfos } from '../repl/proof/context-info.ts';
import { createPrinter } from '../repl/tree/print.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import { LeanIoError, type Obj } from '../runtime/types.ts';

/** UTF-16 code units of a type; nobody uses a lemma whose type is longer. */
const MOST = 600;

export type LemmaPrinter = ReturnType<typeof createLemmaPrinter>;

/** Names and types of declarations as Lean prints them in a `ContextInfo`; types on one line. */
export function createLemmaPrinter(lean: InstanceRuntime) {
  const print = createPrinter(lean, createMonads(lean), createContextInfos(lean));
  return {
    name: print.name,
    /** Null when Lean cannot print it. */
    type: (info: Obj, type: Obj): string | null =>
      lean.scope(() => {
        try {
          const text = print
            .expression(info, lean.global('l_Lean_LocalContext_empty'), type)
            .replaceAll(/\s+/gu, ' ')
            .trim();
          return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
        } catch (error) {
          if (error instanceof LeanIoError) return null;
          throw error;
        }
      }),
  };
}
