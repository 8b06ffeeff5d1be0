import { tokenize } from '../../src/lean-text/lexer.ts';
import type { Diagnostic } from '../../src/model/index.ts';

/**
 * Errors of the trusted text without those of `#eval` and its like: such a command declares nothing, and it may fail
 * for no more than code of the library that the embedded Lean does not have.
 */
export function errorsThatMatter(text: string, messages: readonly Diagnostic[]): Diagnostic[] {
  const errors = messages.filter((m) => m.severity === 'error');
  if (errors.length === 0) return errors;
  const starts = tokenize(text).filter((t) => t.column === 0 && t.kind !== 'comment');
  return errors.filter(({ pos }) => starts.findLast((t) => t.line <= pos.line)?.kind !== 'hash');
}
