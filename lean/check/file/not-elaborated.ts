import { type Declared, declaredTheorems } from '../../../src/lean-text/declarations.ts';
import { unknownNames } from '../../../src/lean-text/unknown-names.ts';
import type { Diagnostic, Verdict } from '../../../src/model/index.ts';
import type { Hints } from '../../embedded/lemmas/hints.ts';
import { RUNS } from '../context-errors.ts';
import type { Forgiven } from './forgiven.ts';

/**
 * The errors that count. A `#eval`, `run_cmd` or their like that the submission repeats of the challenge may fail for no more than
 * code of the library that this Lean does not have.
 */
export function errorsOfSubmission(
  messages: readonly Diagnostic[],
  submission: string,
  { spans }: Forgiven,
): Diagnostic[] {
  const lineOf = (offset: number): number => submission.slice(0, offset).split('\n').length;
  const printing = spans
    .filter((span) => span.keyword.startsWith('#') || RUNS.has(span.keyword))
    .map(({ start, end }) => [lineOf(start), lineOf(end)] as const);
  return messages.filter(
    (m) => m.severity === 'error' && !printing.some(([from, to]) => from <= m.pos.line && m.pos.line <= to),
  );
}

const UNSOLVED = /^unsolved goals\n/;

type NotElaborated = {
  readonly submission: string;
  readonly targets: readonly string[];
  readonly errors: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
  /** Some error is one of a deterministic limit. */
  readonly exhausted: boolean;
  /** Of the commands with errors. */
  readonly hints?: readonly Hints[];
};

/**
 * A file with errors proves nothing. A target with errors of its own gets the verdict that these make; the others are
 * rejected for those of the rest.
 */
export function perTarget(given: NotElaborated): readonly Verdict[] {
  const declared = declaredTheorems(given.submission);
  return given.targets.map((name) => {
    const place = declared.find((d) => d.name === name);
    const own = given.errors.filter((e) => place !== undefined && isIn(place, e));
    const verdict = verdictOf(own.length > 0 ? own : given.errors, own.length > 0, given);
    return verdict.status === 'rejected' && own.length > 0
      ? { ...verdict, ...hintsFor(own, given) }
      : verdict;
  });
}

function hintsFor(errors: readonly Diagnostic[], { hints = [] }: NotElaborated) {
  const at = new Set(errors.map(({ pos }) => `${pos.line}:${pos.column}`));
  const names = new Set(unknownNames(errors));
  const openGoals = hints.flatMap((h) => h.openGoals.filter((g) => at.has(`${g.line}:${g.column}`)));
  const unknown = hints.flatMap((h) => h.unknown.filter(({ name }) => names.has(name)));
  return { ...(openGoals.length > 0 && { openGoals }), ...(unknown.length > 0 && { unknown }) };
}

const isIn = ({ firstLine, lastLine }: Declared, { pos }: Diagnostic): boolean =>
  firstLine <= pos.line && pos.line <= lastLine;

function verdictOf(errors: readonly Diagnostic[], own: boolean, given: NotElaborated): Verdict {
  const others = given.diagnostics.filter((d) => d.severity !== 'error');
  const diagnostics = own ? errors : [...errors, ...others];
  if (given.exhausted) return { status: 'exhausted', diagnostics, ms: 0 };
  if (!own || !errors.every((e) => UNSOLVED.test(e.text))) return { status: 'rejected', diagnostics, ms: 0 };
  return { status: 'incomplete', diagnostics, goals: errors.map((e) => e.text.replace(UNSOLVED, '')), ms: 0 };
}
