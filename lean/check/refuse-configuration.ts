import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { CONFIGURATION } from './refused-words.ts';
import { type Leaf, syntaxNode, syntaxTokens } from './syntax-tokens.ts';

/** `(config := …)` and `(name := …)` of tactics. */
const ITEMS = /^Lean\.Parser\.Tactic\.(config|valConfigItem)$/;

type Pick = (leaves: readonly Leaf[]) => readonly Leaf[];

/**
 * Lean evaluates the configuration of a tactic as a program of its own, compiled and run while the proof is elaborated.
 * With literals there is nothing to run; the first token that is none, or null.
 */
export function computedConfiguration(lean: LeanRuntime, stx: Obj, untrusted: Pick): Leaf | null {
  const node = syntaxNode(lean, stx);
  if (node === null) return null;
  if (ITEMS.test(node.kind)) return firstComputed(untrusted(syntaxTokens(lean, stx)));
  for (const child of node.args) {
    const found = computedConfiguration(lean, child, untrusted);
    if (found !== null) return found;
  }
  return null;
}

function firstComputed(leaves: readonly Leaf[]): Leaf | null {
  const found = leaves.find(({ kind, text }, i) => {
    if (kind === 'number' || kind === 'string' || CONFIGURATION.has(text)) return false;
    // The name of a field, or `.name` for one of the values that Lean's own type has.
    return kind !== 'word' || !(leaves[i + 1]?.text === ':=' || leaves[i - 1]?.text === '.');
  });
  return found ?? null;
}
