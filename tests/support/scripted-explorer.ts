import type { ExploredGoal, ProofExplorer, ProofStep } from '../../lean/service.ts';

type Answer = readonly string[] | { readonly closedSaying: string } | 'failed' | 'crashed';

/** Proof states without Lean: `answer` says which goals a tactic leaves; what it was asked is written down. */
export function scriptedExplorer(
  theorem: string,
  answer: (tactic: string, goal: string) => Answer,
): ProofExplorer & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    open: async () => ({ text: theorem }),
    run: async (goal: ExploredGoal, tactic: string): Promise<ProofStep> => {
      asked.push(tactic);
      const left = answer(tactic, goal.text);
      if (left === 'failed') return { status: 'failed', error: 'no', used: 10, ms: 1 };
      if (left === 'crashed') return { status: 'crashed', detail: 'gone', ms: 1 };
      if ('closedSaying' in left)
        return { status: 'goals', goals: [], used: 10, said: [left.closedSaying], ms: 1 };
      return { status: 'goals', goals: left.map((text) => ({ text })), used: 10, said: [], ms: 1 };
    },
  };
}
