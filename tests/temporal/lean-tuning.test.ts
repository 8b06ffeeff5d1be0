import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLeanService } from '../../lean/index.ts';
import type { LeanService } from '../../lean/service.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Machine } from '../../src/load/machine.ts';
import { WORKFLOW_VERSION } from '../../src/model/index.ts';
import { slotPolicy } from '../../src/scheduler/control/policy.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { type RunningWorker, startWorker } from '../../src/temporal/worker.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';
import { suiteInput } from '../support/runs.ts';
import { type TestTemporal, testTemporal } from '../support/temporal.ts';
import { plan } from '../support/theorems.ts';

/** Real server, real Lean, real store; only what the machine says is the test's. */
let temporal: TestTemporal;
let dir: string;
let store: Store;
let lean: LeanService;
beforeAll(async () => {
  temporal = await testTemporal();
  dir = await mkdtemp(join(tmpdir(), 'proofloop-tuning-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterAll(async () => {
  await temporal.close();
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const GiB = 1024 ** 3;
const machine = { cpu: 0.5, freeBytes: 16 * GiB };
const scriptedMachine: Machine = {
  cores: 4,
  totalBytes: 32 * GiB,
  source: { cpu: 'test', memory: 'test' },
  freeBytes: () => machine.freeBytes,
  sample: () => ({ ...machine, memory: 0.5 }),
};
/**
 * The same rules as ever, in a tenth of the time. The marks of utilisation are low, because on a machine that is busy with
 * other work a slot waits long between two tasks.
 */
const quick = slotPolicy({ most: 3 });
const policy = {
  ...quick,
  utilisation: { high: 0.3, low: 0.05 },
  hold: { guard: 400, grow: 400, shrink: 2_000 },
  patience: { ...quick.patience, settleMs: 1_000, restMs: 1_000 },
};

const start = async (slots: string): Promise<RunningWorker> => {
  const { config } = await loadConfig({ flags: { slots }, env: {}, cwd: dir });
  const dirs = { ...config.dirs, cache: dirname(LEAN_CACHE) };
  const one = {
    ...config,
    dirs,
    lean: { ...config.lean, slots: config.lean.autoSlots ? 1 : config.lean.slots },
  };
  lean = await createLeanService(one);
  return startWorker({
    ...{ config: one, store, lean, bundle: temporal.bundle, machine: scriptedMachine, policy, lookMs: 200 },
    connection: temporal.connection,
    namespace: temporal.namespace,
  });
};

/** Statements that keep the local prover busy up to its limits. */
const busy = (runId: string, count: number) => {
  const input = suiteInput(runId, count, {
    limits: { lanes: 6, costUsd: null },
    plan: plan({ rounds: 0 }, { provers: ['local'], cache: false }),
    guard: { storeId: store.id, workflowVersion: WORKFLOW_VERSION },
  });
  const { source } = input;
  if (source.kind !== 'inline') throw new Error('expected theorems');
  const theorems = source.theorems.map((t, i) => ({
    ...t,
    statement: `theorem ${t.name} (a b c n : Nat) (h : 0 < a * b) (k : ${i + 2} < n) : a ^ n + b ^ n ≠ c ^ n`,
  }));
  return { ...input, source: { ...source, theorems } };
};
const run = (runId: string, count: number) => {
  const input = busy(runId, count);
  return temporal.client.workflow.start(WORKFLOWS.runSuite, {
    workflowId: input.runId,
    taskQueue: QUEUES.main,
    args: [input],
  });
};
/** Looks now and then: Lean and the server work in this process, too. */
const until = async (holds: () => boolean) => {
  while (!holds()) await sleep(50);
};
const slotsNow = () => lean.status().slots;
const instances = () => lean.status().instances.filter(({ state }) => state !== 'spare').length;

test('slots grow while they are all in use, shrink under load, and each change stands in the run with its reason', async () => {
  Object.assign(machine, { cpu: 0.1 });
  const worker = await start('auto');
  const handle = await run('tuned', 200);
  try {
    await until(() => slotsNow() === 3);
    await until(() => instances() === 3);
    Object.assign(machine, { cpu: 0.95 });
    await until(() => slotsNow() === 1);
    await until(() => instances() === 1);
  } finally {
    await handle.cancel();
    await handle.result().catch(() => {});
    await worker.shutdown();
    await lean.close();
  }
  const events = await store.listEvents('run-tuned');
  // From 1 up to 3, in one step or two, and down to 1; each from where the one before had led.
  const changes = events.slice(0, events.findIndex(({ to }) => to === 1) + 1);
  const grown = changes.slice(0, -1);
  expect(grown.length).toBeGreaterThan(0);
  expect(changes.map(({ from }) => from)).toEqual([1, ...grown.map(({ to }) => to)]);
  expect(grown.at(-1)?.to).toBe(3);
  for (const { what, reason } of grown) {
    expect(what).toBe('slots');
    expect(reason).toMatch(
      /^(utilisation \d+ % of \d slots? is above 30 %, load \d+ %: \d more|load \d+ % is below 20 %)/,
    );
  }
  expect(changes.at(-1)?.reason).toMatch(/^load \d+ % is above 80 %: halved$/);
  const loads = await store.listLoads(0, Date.now());
  expect(loads.length).toBeGreaterThan(5);
  expect(loads.some(({ slots }) => slots === 3)).toBe(true);
  expect(loads.some(({ busyMs }) => busyMs > 0)).toBe(true);
  for (const { busyMs, availableMs } of loads) expect(busyMs).toBeLessThanOrEqual(availableMs + 1);
});

test('a fixed number of slots stays, whatever the load, and the load is recorded', async () => {
  const since = Date.now();
  Object.assign(machine, { cpu: 0.99 });
  const worker = await start('2');
  const handle = await run('fixed', 3);
  try {
    await handle.result();
    expect(slotsNow()).toBe(2);
  } finally {
    await worker.shutdown();
    await lean.close();
  }
  expect(await store.listEvents('run-fixed')).toEqual([]);
  const loads = await store.listLoads(since, Date.now());
  expect(loads.length).toBeGreaterThan(0);
  for (const { slots, cpu } of loads) {
    expect(slots).toBe(2);
    expect(cpu).toBeCloseTo(0.99);
  }
});

test('a machine without memory for one more Lean takes no more', async () => {
  Object.assign(machine, { cpu: 0.1, freeBytes: 0.2 * GiB });
  const worker = await start('3');
  const handle = await run('full', 3);
  try {
    let most = 0;
    const look = setInterval(() => {
      most = Math.max(most, instances());
    }, 20);
    await handle.result();
    clearInterval(look);
    expect(most).toBe(1);
    expect(slotsNow()).toBe(3);
  } finally {
    await worker.shutdown();
    await lean.close();
  }
});
