import type { LeanJob, LeanService } from '../../lean/service.ts';
import type { Submission, Verdict } from '../../src/model/index.ts';
import { leanInMemory } from '../../tests/support/lean-service.ts';
import { accepted } from '../../tests/support/theorems.ts';

/** Stands in for Lean, and says so wherever a Lean is named: accepts the text `good`, at once. It proves nothing. */
export const fastJudge = (): LeanService => {
  const memory = leanInMemory();
  const screen = async (job: LeanJob, submission: Submission): Promise<Verdict> =>
    // The truth that the canary of a run asks for.
    job.challenge.statement.startsWith('theorem canary (') ? accepted : memory.screen(job, submission);
  return {
    ...memory,
    ...{ screen, judge: screen },
    identity: async () => ({
      backend: 'fast judge in place of Lean',
      version: 'none',
      buildHash: 'fast-judge',
      sandbox: 'none',
    }),
  };
};
