import { proxyActivities } from '@temporalio/workflow';
import type { BareActivities } from './bare.ts';

/** What Temporal itself costs: a workflow that calls one activity and returns what that answered. */
export async function bare(ms: number): Promise<number> {
  const { wait } = proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });
  return wait(ms);
}
