import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

/** Processor time that a soft stop gets: to unwind a deep recursion and free what it made takes Lean up to 0.5 s. */
const CPU_MS = 750;
/** The same by the clock, for a machine so busy that the thread hardly runs. */
const WALL_MS = 2_500;
const LOOK_MS = 25;

/**
 * Whether the thread leaves its request (`left`) in the time that a stop is given. That is time on the processor, so that
 * other load on the machine does not cost an instance.
 */
export async function heedsStop(worker: Worker, left: () => boolean): Promise<boolean> {
  const began = performance.now();
  const before = await cpuMs(worker);
  for (;;) {
    await sleep(LOOK_MS);
    if (left()) return true;
    const waited = performance.now() - began;
    if (waited >= WALL_MS) return false;
    if (waited < CPU_MS) continue;
    const now = await cpuMs(worker);
    const used = before === null || now === null ? waited : now - before;
    if (used >= CPU_MS) return left();
  }
}

/** Processor time of the thread so far, in milliseconds; null where it does not tell (Node before 24.6). */
async function cpuMs(worker: Worker): Promise<number | null> {
  const asked = worker.cpuUsage?.().then(
    ({ user, system }) => (user + system) / 1_000,
    () => null,
  );
  return (await Promise.race([asked, sleep(CPU_MS)])) ?? null;
}
