import type { Diagnostic, Verdict } from '../../src/model/index.ts';
import { errorsOf } from './protocol.ts';

/** Lean's own words for its deterministic limits (Lean.Exception, Lean.CoreM, the kernel). */
const LIMITS = [
  'maximum number of heartbeats',
  '(deterministic) timeout',
  'maximum recursion depth has been reached',
  '(kernel) deterministic timeout',
  '(kernel) deep recursion detected',
  'deep recursion was detected',
];
const OPEN_GOALS = /^unsolved goals\n/u;

/** Does a message tell of a deterministic limit? */
export const isLimitText = (text: string): boolean => LIMITS.some((limit) => text.includes(limit));

/** The verdict that the messages and sorries of an elaborated submission settle, or null if they are in order. */
export function outcomeOf(
  diagnostics: readonly Diagnostic[],
  goals: readonly string[],
  ms: number,
): Verdict | null {
  const errors = errorsOf(diagnostics);
  if (errors.some((error) => isLimitText(error.text))) {
    return { status: 'exhausted', diagnostics, ms };
  }
  const open = errors.flatMap((error) => (OPEN_GOALS.test(error.text) ? [goalOf(error.text)] : []));
  if (errors.length > open.length) return { status: 'rejected', diagnostics, ms };
  if (errors.length > 0 || goals.length > 0) {
    return { status: 'incomplete', diagnostics, goals: [...goals, ...open], ms };
  }
  return null;
}

const goalOf = (text: string): string => text.replace(OPEN_GOALS, '');
