import { tokenize } from '../../src/lean-text/lexer.ts';
import type { LeanRuntime } from '../embedded/runtime/types.ts';
import { declaredParts } from './names.ts';

/**
 * The theorem of the trusted context that a constant belongs to, as the user wrote its name: the constant may be in a
 * namespace, private, or an auxiliary of the theorem (`foo._proof_1`). `fallback` when the text has none that fits.
 */
export function writtenName(lean: LeanRuntime, context: string, key: string, fallback: string): string {
  const tokens = tokenize(context).filter((t) => t.kind !== 'comment');
  const written = tokens.flatMap((t, i) => {
    const name = tokens[i + 1];
    return t.kind === 'word' && DECLARES.has(t.text) && name?.kind === 'word' ? [name.text] : [];
  });
  const fits = written.filter((name) => {
    const own = lean.keyOf(...declaredParts(name));
    const at = key.lastIndexOf(own);
    return at >= 0 && AUXILIARY.test(key.slice(at + own.length));
  });
  return fits.sort((a, b) => declaredParts(b).length - declaredParts(a).length)[0] ?? fallback;
}

const DECLARES = new Set(['theorem', 'lemma', 'def', 'abbrev', 'instance', 'opaque']);
/** Nothing, or components that Lean makes up: each begins with an underscore or is a number. */
const AUXILIARY = /^(\/"(_[^"]*|match_\d+|proof_\d+)"|#\d+)*$/;
