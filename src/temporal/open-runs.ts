import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { WORKFLOWS } from '../../workflows/names.ts';
import { guardSchema, ProofloopError } from '../model/index.ts';
import type { Store } from '../store/store.ts';
import { patiently } from './patience.ts';

type Server = { readonly client: Client; readonly address: string };
type Mine = Pick<Store, 'id' | 'location'>;

/** Open runs that are looked at, the newest first. */
const LOOKED_AT = 50;

/**
 * Refuses to serve a server where a run of another store is open: the first task of it that came here would end the
 * run. Throws STORE_MISMATCH.
 */
export const refuseRunsOfOthers = (server: Server, mine: Mine): Promise<void> =>
  patiently(() => look(server, mine));

const look = async ({ client, address }: Server, mine: Mine): Promise<void> => {
  const types = [WORKFLOWS.runSuite, WORKFLOWS.proveFile].map((type) => `'${type}'`).join(', ');
  const query = `WorkflowType IN (${types}) AND ExecutionStatus = 'Running'`;
  let looked = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    if (++looked > LOOKED_AT) return;
    const storeId = await storeOf(client, workflowId, runId);
    if (storeId === null || storeId === mine.id) continue;
    throw new ProofloopError(
      'STORE_MISMATCH',
      `the run ${workflowId}, open at ${address}, belongs to store ${storeId}; this worker has store ${mine.id} (${mine.location})`,
      {
        fix: `Start the worker with that store, or in another --namespace; or give the run up: temporal workflow terminate -w ${workflowId}`,
      },
    );
  }
};

/** The store in the guard of a run's input; null where it cannot be read. */
const storeOf = async (client: Client, workflowId: string, runId: string): Promise<string | null> => {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const payload =
    history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0] ?? undefined;
  if (payload === undefined) return null;
  const input = defaultPayloadConverter.fromPayload<{ guard?: unknown } | null>(payload);
  const guard = guardSchema.safeParse(input?.guard);
  return guard.success ? guard.data.storeId : null;
};
