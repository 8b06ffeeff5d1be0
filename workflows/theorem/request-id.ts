import { workflowInfo } from '@temporalio/workflow';
import { sampleKey } from './sample-key.ts';

/** Who asks: the same for each try of a request, and for nothing else. */
export const requestId = (prover: string, round: number, sample: number): string =>
  `${workflowInfo().workflowId} ${sampleKey(prover, round, sample)}`;
