import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Activities } from '../../activities/api.ts';
import type { ProveTheoremInput, TheoremResult } from '../../src/model/index.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { inMemory, type Noted } from '../support/activities.ts';
import { type TestTemporal, testTemporal } from '../support/temporal.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await testTemporal();
});
afterAll(() => temporal.close());

const prove = async (
  input: ProveTheoremInput,
  replace: Partial<Activities> = {},
): Promise<{ result: TheoremResult; noted: Noted }> => {
  const noted = inMemory(replace);
  const workers = await temporal.workers(noted.activities);
  try {
    const result = (await temporal.client.workflow.execute(WORKFLOWS.proveTheorem, {
      workflowId: `${input.runId}/${input.theorem.id}`,
      taskQueue: QUEUES.main,
      args: [input],
    })) as TheoremResult;
    return { result, noted };
  } finally {
    await workers.shutdown();
  }
};

test('a right first answer solves the theorem, and attempt and result are recorded', async () => {
  const { result, noted } = await prove(proveInput('plain'));
  expect(result).toMatchObject({ outcome: 'solved', stoppedBy: 'proof', prover: 'model', attempts: 1 });
  expect(result.submission).toEqual(proof('good'));
  expect(result.ledger).toMatchObject({ modelCalls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.01 });
  expect(noted.attempts.map((a) => a.n)).toEqual([1]);
  expect(noted.results).toEqual([result]);
});
