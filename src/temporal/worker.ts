import { hostname } from 'node:os';
import { type NativeConnection, Worker, type WorkerOptions, type WorkerTuner } from '@temporalio/worker';
import { activitiesByQueue } from '../../activities/index.ts';
import type { LeanService } from '../../lean/service.ts';
import { QUEUES } from '../../workflows/names.ts';
import type { Config } from '../config/config.ts';
import { type Machine, openMachine } from '../load/machine.ts';
import { slotPolicyFor } from '../load/policy.ts';
import type { RunEvent } from '../model/index.ts';
import { createProvers, localProverOf } from '../prover/index.ts';
import type { SlotPolicy } from '../scheduler/control/policy.ts';
import type { Store } from '../store/store.ts';
import { backlogOf } from './backlog.ts';
import { workflowBundle } from './bundle.ts';
import { workerIdentity } from './fellows.ts';
import { LeanSlots } from './lean-slots.ts';
import { tuneLean } from './lean-tuning.ts';
import { ServedRuns } from './served-runs.ts';

export type WorkerSetUp = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly config: Pick<Config, 'dirs' | 'lean' | 'run' | 'provers' | 'prices'>;
  readonly store: Store;
  readonly lean: LeanService;
  /** A bundle made by `buildWorkflowBundle`; without it the package's own, or one of the sources. */
  readonly bundle?: string;
  /** What the worker does by itself is told here. */
  readonly say?: (line: string) => void;
  /** Where the load is read (this machine, where not given), and how often. */
  readonly machine?: Machine;
  readonly lookMs?: number;
  readonly policy?: SlotPolicy;
  /** What it runs on, in words: each run that it serves is told once. Absent: none is. */
  readonly place?: string;
};

export type RunningWorker = {
  /** Resolves when all three workers have ended; rejects when one fails. */
  readonly run: Promise<void>;
  /** Takes no new work, lets what runs end for a while, then cancels it. */
  shutdown(): Promise<void>;
};

/** Milliseconds. */
const GRACE = 2_000;
const FORCE = 20_000;
const STICKY = 2_500;
/** Heartbeats are passed on at once: on servers that do not push cancellations their answer brings them. */
const THROTTLE = 200;

/** Starts a worker on each of the three task queues, on one connection. */
export const startWorker = async (setUp: WorkerSetUp): Promise<RunningWorker> => {
  const { connection, namespace, config, store, lean, machine = openMachine(), say = () => {} } = setUp;
  const worker = `${process.pid}@${hostname()}`;
  const activities = activitiesByQueue({
    provers: createProvers(config),
    local: localProverOf(config),
    lean,
    store,
    clock: Date,
    llmConcurrency: config.run.llmConcurrency,
    worker,
    waiting: () => backlogOf(connection, namespace, QUEUES.lean),
  });
  const policy = setUp.policy ?? slotPolicyFor(config.lean, machine);
  // An instance that lives already needs no further memory.
  const room = (issued: number) => instancesOf(lean) > issued || machine.freeBytes() >= policy.memory.each;
  const slots = new LeanSlots(lean.status().slots, room);
  const served = new ServedRuns((run) => {
    const { place: reason } = setUp;
    if (reason === undefined) return;
    const event: RunEvent = {
      ...{ at: Date.now(), what: 'worker', from: 0, to: slots.limit, reason, by: worker },
    };
    store
      .putEvent(run, event)
      .catch((error: unknown) => say(`That this worker serves ${run} is not recorded: ${String(error)}`));
  });
  const running = await startWorkers({
    bundle: setUp.bundle ?? (await workflowBundle(config.dirs.cache)),
    main: activities.main,
    lean: activities.lean,
    llm: activities.llm,
    slots: { lean: slots, llm: config.run.llmConcurrency },
    rpm: config.run.rpm,
    connection,
    namespace,
    identity: workerIdentity(store),
    served,
  });
  const tuning = tuneLean({
    ...{ slots, lean, machine, store, worker, say },
    policy: config.lean.autoSlots === true ? policy : null,
    runs: () => served.current(),
    ...(setUp.lookMs !== undefined && { everyMs: setUp.lookMs }),
  });
  return {
    run: running.run,
    shutdown: async () => {
      try {
        await running.shutdown();
      } finally {
        await tuning.stop();
      }
    },
  };
};

/** The spare is no slot's. */
const instancesOf = (lean: LeanService): number =>
  lean.status().instances.filter(({ state }) => state !== 'spare').length;

export type WorkerParts = {
  /** Path of the bundled workflows. */
  readonly bundle: string;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly main: object;
  readonly lean: object;
  readonly llm: object;
  /** A number is fixed. */
  readonly slots: { readonly lean: number | LeanSlots; readonly llm: number };
  readonly identity?: string;
  /** Sees which runs the Lean activities belong to. */
  readonly served?: ServedRuns;
  /** Model requests a minute that the server gives out for the whole queue, whoever works on it; null = no limit. */
  readonly rpm?: number | null;
};

/** The same for any implementation of the activities. */
export const startWorkers = async (parts: WorkerParts): Promise<RunningWorker> => {
  const { bundle, connection, namespace, main, lean, llm, slots, rpm = null, identity, served } = parts;
  const common = {
    connection,
    namespace,
    ...(identity !== undefined && { identity }),
    shutdownGraceTime: GRACE,
    shutdownForceTime: FORCE,
    maxHeartbeatThrottleInterval: THROTTLE,
    defaultHeartbeatThrottleInterval: THROTTLE,
  } satisfies Partial<WorkerOptions>;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      workflowBundle: { codePath: bundle },
      taskQueue: QUEUES.main,
      activities: main,
      // After a kill, tasks wait this long for the dead worker's sticky queue before others get them.
      stickyQueueScheduleToStartTimeout: STICKY,
    }),
    Worker.create({
      ...common,
      taskQueue: QUEUES.lean,
      activities: lean,
      tuner: tunerOf(typeof slots.lean === 'number' ? new LeanSlots(slots.lean) : slots.lean),
      ...(served !== undefined && { interceptors: { activity: [served.interceptor] } }),
    }),
    Worker.create({
      ...common,
      taskQueue: QUEUES.llm,
      activities: llm,
      maxConcurrentActivityTaskExecutions: slots.llm,
      ...(rpm !== null && { maxTaskQueueActivitiesPerSecond: rpm / 60 }),
    }),
  ]);
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // One that fails takes the others along: a process that serves half of the queues only looks alive.
  const run = Promise.all(workers.map((worker) => worker.run())).then(
    () => {},
    async (error: unknown) => {
      stop();
      throw error;
    },
  );
  return {
    run,
    shutdown: async () => {
      stop();
      await run;
    },
  };
};

/** Of a worker that has activities only. */
const tunerOf = (slots: LeanSlots): WorkerTuner => ({
  activityTaskSlotSupplier: slots,
  workflowTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
  localActivityTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
  nexusTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
});
