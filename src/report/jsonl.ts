import type { TheoremResult } from '../model/index.ts';

/** One result a line, in the order given: `theoremResultSchema` as it is. */
export const resultsJsonl = (results: readonly TheoremResult[]): string =>
  results.map((r) => `${JSON.stringify(r)}\n`).join('');
