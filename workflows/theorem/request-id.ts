import { workflowInfo } from '@temporalio/workflow';

/** Who asks: the same for each try of a request, and for nothing else. */
export const requestId = (prover: string, round: number, sample: number): string =>
  `${workflowInfo().workflowId} ${prover} ${round}.${sample}`;
