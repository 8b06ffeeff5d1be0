import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { BatchActivities, LeanActivities, LlmActivities, MainActivities } from '../activities/api.ts';
import type { LeanOptions } from '../src/model/index.ts';
import { QUEUES } from './names.ts';
import { persistent, type Tries } from './tries.ts';

/** Proxies, one for each class of resource; the worker behind each queue is bounded in its own way. */

/**
 * Store look-ups and records: milliseconds each, so they run within the workflow task. As activities of their own
 * each cost one more workflow task and two trips to the server, more than all else that our loop does.
 */
export const mainCalls = proxyLocalActivities<MainActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '5s', maximumAttempts: 10 },
});

/** How long nothing may be heard of an activity before its worker is taken for dead. */
const HEARTBEAT_TIMEOUT = '5s';

/**
 * One model request. Its time is bounded by `timeout` in the profile of its prover, which may be an hour for a model on a slow
 * machine, and a worker that is gone is known by its heartbeat; Temporal's own limit is the last resort. One try each, since
 * each may cost money: the workflow that keeps account of it tries again (workflows/theorem/request.ts), and nobody else.
 */
export const llmCalls = proxyActivities<LlmActivities>({
  taskQueue: QUEUES.llm,
  startToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { maximumAttempts: 1 },
});

/** What keeps a batch job; none of it costs money but `batchCreate`, which finds what an earlier try has made. */
export const batchCalls = proxyActivities<BatchActivities>({
  taskQueue: QUEUES.llm,
  startToCloseTimeout: '20m',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 12 },
});

/** Screen, judge, and each once more after a crash; beside it, the start of an instance and a busy pool. */
const CHECKS = 4;
const PORTFOLIO = 60;
const SLACK_MS = 180_000;

/** A proof runs in a process of its own, so one that ends worker after worker is rare; their kills are not. */
export const TRIES: Tries = { failures: 4, losses: 10 };

const leanProxy = (startToCloseTimeout: number, maximumAttempts = 1) =>
  proxyActivities<LeanActivities>({
    taskQueue: QUEUES.lean,
    startToCloseTimeout,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    // The workflow goes on when Lean has really let go of the work, so that its slot is free.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    // More tries are made, and told apart, by the workflow.
    retry: { initialInterval: '500ms', maximumInterval: '10s', maximumAttempts },
  });

/** One try: samples run beside each other, and each tries again itself (`tryAgain`). */
export const verifyCalls = (lean: LeanOptions) => leanProxy(CHECKS * lean.wallMs + SLACK_MS);
export const localCalls = (lean: LeanOptions) =>
  persistent(leanProxy(PORTFOLIO * lean.wallMs + SLACK_MS), TRIES);
/** What helps is not worth more than a second try. */
export const hintCalls = (lean: LeanOptions) => leanProxy(2 * lean.wallMs + SLACK_MS, 2);
