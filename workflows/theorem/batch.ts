import { condition, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { BatchQuote } from '../../activities/api.ts';
import { type BatchEnd, batchAskSignal } from '../messages.ts';
import type { Request } from './request.ts';
import type { TheoremState } from './state.ts';

/** The run that gathers requests into batch jobs; null: this theorem asks by itself. */
export const batchRun = (state: TheoremState): string | null =>
  state.input.plan.batch !== undefined &&
  state.input.alone !== true &&
  workflowInfo().parent?.workflowId === state.input.runId
    ? state.input.runId
    : null;

/** Hands a request to the run, whose next batch job takes it along, and waits for what becomes of it. */
export const askInBatch = async (
  state: TheoremState,
  run: string,
  { prover, askedBy: id }: Request,
  { sha256, bytes, maxBytes }: BatchQuote,
): Promise<BatchEnd> => {
  const theoremId = state.input.theorem.id;
  await getExternalWorkflowHandle(run).signal(batchAskSignal, {
    ...{ id, theoremId, prover, sha256, bytes, maxBytes },
  });
  await condition(() => state.batchEnds.has(id));
  const end = state.batchEnds.get(id) as BatchEnd;
  state.batchEnds.delete(id);
  return end;
};
