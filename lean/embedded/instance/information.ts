import { createMonads } from '../elaborate/monads.ts';
import { createContextInfos } from '../repl/proof/context-info.ts';
import type { InfoTreeJson, InfoTreeMode } from '../repl/protocol.ts';
import { createTreeJson } from '../repl/tree/json.ts';
import { createPrinter } from '../repl/tree/print.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { Obj } from '../runtime/types.ts';

type TreeJson = (tree: Obj, mode: InfoTreeMode) => InfoTreeJson[];

/** Information trees as the REPL answers them; made when they are first asked for. */
export function createInformation(lean: InstanceRuntime): TreeJson {
  let make: TreeJson | null = null;
  return (tree, mode) => {
    if (make === null) {
      const contexts = createContextInfos(lean);
      make = createTreeJson(lean, contexts, createPrinter(lean, createMonads(lean), contexts));
    }
    return make(tree, mode);
  };
}

/** Deeper ones could not be written as JSON by a thread with an ordinary stack. */
const MOST_LEVELS = 800;
const MOST_CHARACTERS = 32 << 20;

/** Why trees are not to be sent, or null. */
export function tooMuch(trees: readonly InfoTreeJson[]): string | null {
  let level = trees;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MOST_LEVELS) return `the information trees are more than ${MOST_LEVELS} levels deep`;
    level = level.flatMap((tree) => ('children' in tree ? tree.children : []));
  }
  const { length } = JSON.stringify(trees);
  return length > MOST_CHARACTERS ? `the information trees have ${length} characters` : null;
}
