import { randomUUID } from 'node:crypto';
import { ProofloopError, type RunSuiteInput, type Theorem, WORKFLOW_VERSION } from '../../src/model/index.ts';
import { contentKey } from '../../src/store/index.ts';
import { childIdFor, QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { type Lived, livedOf } from './lived.ts';
import type { World } from './world.ts';

export type Measured = {
  readonly attempts: number;
  readonly leanMs: number;
  /** Milliseconds of the theorem's workflow beyond Lean's time and the model's fixed latency. */
  readonly overheadMs: number;
  /** Of that, waiting for a free Lean slot and for a fresh instance: a lack of cores, not a cost of the loop. */
  readonly leanWaitMs: number;
} & Lived;

export type RunMeasured = { readonly theorems: readonly Measured[]; readonly wallMs: number };

/** Runs `theorems` through runSuite with the model alone, and measures each theorem's workflow by its history. */
export const runOurs = async (
  { session, store, config }: World,
  options: { theorems: readonly Theorem[]; lanes: number; latencyMs: number; label: string },
): Promise<RunMeasured> => {
  const { theorems, lanes, latencyMs, label } = options;
  const runId = `bench-orchestration-${label}-${randomUUID()}`;
  const input: RunSuiteInput = {
    runId,
    suite: 'bench-orchestration',
    suiteSha256: contentKey('suite', [JSON.stringify(theorems)]),
    source: { kind: 'inline', theorems },
    plan: {
      provers: ['gemini'],
      budget: { rounds: 4, samples: 1, tokens: null, costUsd: null, wallMs: null },
      lean: { wallMs: config.lean.wallMs, heartbeats: config.lean.heartbeats },
      cache: true,
      onModelFailure: 'fail',
    },
    limits: { lanes, costUsd: null },
    guard: { storeId: store.id, workflowVersion: WORKFLOW_VERSION },
  };
  await store.putRun({
    runId,
    kind: 'suite',
    label: input.suite,
    state: 'running',
    plan: input.plan,
    limits: input.limits,
    theoremIds: theorems.map((t) => t.id),
    results: [],
    startedAt: Date.now(),
    endedAt: null,
    provenance: {},
  });
  const start = performance.now();
  const handle = await session.client.workflow.start(WORKFLOWS.runSuite, {
    taskQueue: QUEUES.main,
    workflowId: runId,
    args: [input],
  });
  await handle.result();
  const wallMs = performance.now() - start;
  const results = (await store.getRun(runId))?.results ?? [];
  const measured = await Promise.all(
    results.map(async (result): Promise<Measured> => {
      if (result.outcome !== 'solved')
        throw new ProofloopError(
          'INTERNAL',
          `${result.theoremId} ended ${result.outcome}: ${result.error?.message}`,
        );
      const lived = await livedOf(session.client, childIdFor(runId, result.theoremId));
      const { leanMs, modelCalls } = result.ledger;
      const overheadMs = lived.wallMs - leanMs - modelCalls * latencyMs;
      const { verify = 0 } = lived.activityMs;
      const leanWaitMs = verify === 0 ? 0 : (lived.queueMs.verify ?? 0) + verify - leanMs;
      return { ...lived, leanWaitMs, attempts: result.attempts, leanMs, overheadMs };
    }),
  );
  if (measured.length !== theorems.length)
    throw new ProofloopError(
      'INTERNAL',
      `${measured.length} results for ${theorems.length} theorems in ${runId}`,
    );
  return { theorems: measured, wallMs };
};
