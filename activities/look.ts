import { Context } from '@temporalio/activity';
import { type Client, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import pLimit from 'p-limit';
import type { TheoremResult } from '../src/model/index.ts';
import { rootOf } from '../src/temporal/runs/faults.ts';
import { brief } from './alive.ts';
import type { MainActivities, TheoremEnd } from './api.ts';

const AT_ONCE = 8;

/** Looks at theorems' workflows on the server, through the connection of the worker. */
export const lookActivities = (): Pick<MainActivities, 'lookAtTheorems'> => ({
  lookAtTheorems: ({ workflowIds }) =>
    brief(async () => {
      const { client } = Context.current();
      const limit = pLimit(AT_ONCE);
      return Promise.all(
        workflowIds.map((workflowId) =>
          limit(async () => ({ workflowId, end: await endOf(client, workflowId) })),
        ),
      );
    }),
});

const endOf = async (client: Client, workflowId: string): Promise<TheoremEnd> => {
  const handle = client.workflow.getHandle(workflowId);
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW') return { kind: 'working' };
    return { kind: 'ended', result: (await handle.result()) as TheoremResult };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      return failed('INTERNAL', 'the server knows nothing of its workflow any more');
    if (!(error instanceof WorkflowFailedError)) throw error;
    const root = rootOf(error);
    if (root instanceof CancelledFailure) return { kind: 'failed', fault: null };
    const message = root instanceof Error ? root.message : String(root);
    return failed((root instanceof ApplicationFailure && root.type) || 'INTERNAL', message);
  }
};

const failed = (code: string, message: string): TheoremEnd => ({ kind: 'failed', fault: { code, message } });
