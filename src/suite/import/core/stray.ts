import { tokenize } from '../../../lean-text/lexer.ts';
import type { Texts } from './map.ts';
import { foreignModules } from './modules.ts';

const MATHLIB = new Set(['ℕ', 'ℤ', 'ℚ', 'ℝ', 'ℂ']);

/**
 * A notation of Mathlib's in a theorem whose header has no Mathlib, or null. Lean would not refuse it: it takes a name that
 * nobody declared for a variable, and the statement would say something else.
 */
export function strayNotation({ header, context, statement }: Texts): string | null {
  if (foreignModules(header).length > 0) return null;
  const tokens = tokenize(`${context}${statement}`).filter((t) => t.kind !== 'comment');
  const declared = (name: string): boolean =>
    tokens.some(
      (t, i) =>
        (t.kind === 'string' && t.text.slice(1, -1).trim() === name) ||
        (t.text === name && tokens[i + 1]?.text === ':'),
    );
  const found = tokens.find((t) => t.kind === 'word' && MATHLIB.has(t.text) && !declared(t.text));
  return found?.text ?? null;
}
