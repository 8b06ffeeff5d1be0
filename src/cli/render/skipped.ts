import type { Skipped } from '../../model/index.ts';

/** `Sums.lean:12: skipped helper: sorry inside a term`. */
export const skippedLines = (path: string, skipped: readonly Skipped[]): string[] =>
  skipped.map((s) => `${path}:${s.line}: skipped${s.name === null ? '' : ` ${s.name}`}: ${s.reason}`);
