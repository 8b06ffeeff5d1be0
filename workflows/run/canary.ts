import { ApplicationFailure } from '@temporalio/workflow';
import { localCalls } from '../calls.ts';
import type { RunState } from './state.ts';

/**
 * Before the first theorem: a checker that accepts a false statement, or refuses a true one, measures nothing. Throws
 * CANARY_ACCEPTED or CANARY_REFUSED, which end the run.
 */
export const sendCanary = async (state: RunState, header: string): Promise<void> => {
  const { runId, plan } = state.basis;
  const { outcome, cheats, truth, backend } = await localCalls(plan.lean).canary.executeWithOptions(
    { summary: 'canary: a false statement with cheats, and a true one with its proof' },
    [{ runId, header, lean: plan.lean }],
  );
  if (outcome === 'passed') return;
  if (outcome === 'refused the true')
    throw ApplicationFailure.nonRetryable(
      `the checker (${backend}) does not accept a true statement with its proof (${truth}), so the run would measure nothing`,
      'CANARY_REFUSED',
    );
  const taken = cheats.filter((cheat) => cheat.status === 'accepted').map((cheat) => cheat.name);
  throw ApplicationFailure.nonRetryable(
    `the checker (${backend}) accepts the false statement 2 + 2 = 5 (${taken.join(', ')}), so nothing that it accepts counts`,
    'CANARY_ACCEPTED',
  );
};
