import type { RunState, TheoremResult } from '../model/index.ts';

/** What the process answers; documented in `proofloop --help`. */
export const EXIT = { ok: 0, fault: 1, unsolved: 2, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** 0 only if every theorem of a finished run is solved. A run that was cancelled is not all solved. */
export const exitForRun = (state: RunState, total: number, results: readonly TheoremResult[]): ExitCode => {
  if (state === 'failed') return EXIT.fault;
  const solved = results.filter((result) => result.outcome === 'solved').length;
  return state === 'done' && solved === total ? EXIT.ok : EXIT.unsolved;
};
