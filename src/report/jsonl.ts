import type { RunRecord, Theorem, TheoremResult } from '../model/index.ts';

/** One result a line, in the order given: `theoremResultSchema` as it is. */
export const resultsJsonl = (results: readonly TheoremResult[]): string =>
  results.map((r) => `${JSON.stringify(r)}\n`).join('');

/** The theorems of a run as a suite file: `check FOLDER` reads there what was asked, and `bench` can run it. */
export const theoremsJsonl = (theorems: readonly Theorem[]): string =>
  theorems.map(({ provenance: _, ...theorem }) => `${JSON.stringify(theorem)}\n`).join('');

/** The run without its results: plan, versions, canary. `runRecordSchema`. */
export const runJson = (run: RunRecord): string => `${JSON.stringify({ ...run, results: [] }, null, 2)}\n`;
