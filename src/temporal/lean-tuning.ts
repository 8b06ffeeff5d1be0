import type { LeanService } from '../../lean/service.ts';
import type { Machine, MachineSample } from '../load/machine.ts';
import type { Load, RunEvent } from '../model/index.ts';
import { held } from '../scheduler/control/hold.ts';
import { type SlotPolicy, WINDOW_MS } from '../scheduler/control/policy.ts';
import { controlSlots } from '../scheduler/control/slots.ts';
import type { Store } from '../store/store.ts';
import type { LeanSlots } from './lean-slots.ts';

export type LeanTuning = {
  readonly slots: LeanSlots;
  readonly lean: Pick<LeanService, 'resize'>;
  readonly machine: Machine;
  readonly store: Pick<Store, 'putLoad' | 'putEvent'>;
  /** Name of the worker. */
  readonly worker: string;
  /** null: the number of slots is fixed; the load is recorded all the same. */
  readonly policy: SlotPolicy | null;
  /** Ids of runs that are told of a decision. */
  readonly runs: () => readonly string[];
  readonly say: (line: string) => void;
  /** Milliseconds between looks. */
  readonly everyMs?: number;
};

const LOOK_MS = 2_000;
/** Looks of one row in the store. */
const A_ROW = 3;

type Look = {
  readonly at: number;
  readonly machine: MachineSample;
  readonly busyMs: number;
  readonly availableMs: number;
};

/** Records the load of this worker, and changes its Lean slots by what the controller says. Ends with `stop`. */
export const tuneLean = (tuning: LeanTuning): { stop(): Promise<void> } => {
  const { slots, machine, policy, worker, everyMs = LOOK_MS } = tuning;
  let state = held(slots.limit);
  let looks: readonly Look[] = [];
  let row: readonly Look[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  const look = (): Look => ({ at: Date.now(), machine: machine.sample(), ...slots.totals() });
  let rowBefore = look();

  /** A fault of the store is no reason to end: the next row may be written. */
  const write = (what: () => Promise<unknown>) => {
    writing = writing
      .then(what)
      .catch((error: unknown) => tuning.say(`The load is not recorded: ${String(error)}`));
  };

  const record = () => {
    const [last] = row.slice(-1);
    if (last === undefined) return;
    const load: Load = {
      ...{ worker, at: last.at, ms: last.at - rowBefore.at, slots: slots.limit },
      cpu: meanCpu(row),
      memory: last.machine.memory,
      busyMs: last.busyMs - rowBefore.busyMs,
      availableMs: last.availableMs - rowBefore.availableMs,
    };
    [row, rowBefore] = [[], last];
    write(() => tuning.store.putLoad(load));
  };

  const decide = (now: Look) => {
    if (policy === null) return;
    const first = looks[0] ?? now;
    const step = controlSlots(policy, state, {
      ...{ at: now.at, load: meanCpu(looks), freeBytes: now.machine.freeBytes },
      busyMs: now.busyMs - first.busyMs,
      availableMs: now.availableMs - first.availableMs,
    });
    state = step.state;
    if (step.decision === null) return;
    const { from, to, reason } = step.decision;
    slots.resize(to);
    tuning.lean.resize(to);
    tuning.say(`Lean slots ${from} → ${to}: ${reason}`);
    const event: RunEvent = { at: now.at, what: 'slots', from, to, reason, by: worker };
    for (const run of tuning.runs()) write(() => tuning.store.putEvent(run, event));
  };

  const tick = () => {
    const now = look();
    row = [...row, now];
    looks = [...looks, now].filter(({ at }) => at >= now.at - WINDOW_MS);
    decide(now);
    if (row.length >= A_ROW) record();
  };
  looks = [rowBefore];
  const timer = setInterval(tick, everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      row = [...row, look()];
      record();
      await writing;
    },
  };
};

const meanCpu = (looks: readonly Look[]): number | null => {
  const known = looks.flatMap(({ machine: { cpu } }) => (cpu === null ? [] : [cpu]));
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
};
