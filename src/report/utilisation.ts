import type { Load } from '../model/index.ts';

export type Utilisation = {
  /** Slot-milliseconds in which Lean worked, and all that there were. */
  readonly busyMs: number;
  readonly availableMs: number;
  /** Busy by available, 0 to 1. */
  readonly share: number;
  /** Mean CPU of the machines over the time, and the highest of a sample, 0 to 1; null = not known. */
  readonly cpu: { readonly mean: number; readonly highest: number } | null;
  readonly workers: number;
};

/**
 * How much of the Lean slots of all workers was in use between two moments (milliseconds since the epoch); null where
 * nothing was recorded. A sample that reaches beyond them counts by its part inside.
 */
export const utilisationOf = (loads: readonly Load[], from: number, to: number): Utilisation | null => {
  let [busyMs, availableMs, cpuMs, knownMs, highest] = [0, 0, 0, 0, 0];
  const workers = new Set<string>();
  for (const load of loads) {
    const inside = Math.min(load.at, to) - Math.max(load.at - load.ms, from);
    if (load.ms <= 0 || inside <= 0) continue;
    const part = inside / load.ms;
    busyMs += load.busyMs * part;
    availableMs += load.availableMs * part;
    workers.add(load.worker);
    if (load.cpu === null) continue;
    cpuMs += load.cpu * inside;
    knownMs += inside;
    highest = Math.max(highest, load.cpu);
  }
  if (availableMs <= 0) return null;
  const cpu = knownMs > 0 ? { mean: cpuMs / knownMs, highest } : null;
  return { busyMs, availableMs, share: Math.min(1, busyMs / availableMs), cpu, workers: workers.size };
};

/** Longer than a sample ever is: one may end after the time that is asked for. */
const BEYOND_MS = 60_000;

/** The same from a store. */
export const utilisationIn = async (
  store: { listLoads(from: number, to: number): Promise<readonly Load[]> },
  from: number,
  to: number,
): Promise<Utilisation | null> => utilisationOf(await store.listLoads(from, to + BEYOND_MS), from, to);
