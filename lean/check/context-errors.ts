import { tokenize } from '../../src/lean-text/lexer.ts';
import type { Diagnostic } from '../../src/model/index.ts';

/** Programs at the top level, as `#eval` is one. */
export const RUNS = new Set(['run_cmd', 'run_elab', 'run_meta']);

/**
 * Errors of the trusted text without those of `#eval`, `run_cmd` and their like: such a command may fail for no more than
 * code of the library that the embedded Lean does not have; what it should have declared would be missed all the same.
 */
export function errorsThatMatter(text: string, messages: readonly Diagnostic[]): Diagnostic[] {
  const errors = messages.filter((m) => m.severity === 'error');
  if (errors.length === 0) return errors;
  const starts = tokenize(text).filter((t) => t.column === 0 && t.kind !== 'comment');
  return errors.filter(({ pos }) => {
    const start = starts.findLast((t) => t.line <= pos.line);
    return start?.kind !== 'hash' && !RUNS.has(start?.text ?? '');
  });
}
