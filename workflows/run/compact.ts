import type { TheoremResult, Verdict } from '../../src/model/index.ts';

const LONGEST_PROOF = 2_000;

/** A result without its long texts, for queries that answer with hundreds of them. */
export const compact = (result: TheoremResult): TheoremResult => ({
  ...result,
  submission:
    result.submission !== null && result.submission.text.length <= LONGEST_PROOF ? result.submission : null,
  verdict: result.verdict === null ? null : ({ ...result.verdict, ...bare(result.verdict) } as Verdict),
});

const bare = (verdict: Verdict) => ({
  ...('diagnostics' in verdict && { diagnostics: [] }),
  ...('goals' in verdict && { goals: [] }),
});
