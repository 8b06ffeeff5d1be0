import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { cpuLimit, memAvailable, memoryLimit } from './cgroup.ts';

export type MachineSample = {
  /** Parts of what may be used, 0 to 1; null = not known yet. */
  readonly cpu: number | null;
  readonly memory: number;
  /** What one more process may take. */
  readonly freeBytes: number;
};

export interface Machine {
  readonly cores: number;
  readonly totalBytes: number;
  /** For people: where the figures come from. */
  readonly source: { readonly cpu: string; readonly memory: string };
  /** CPU over the time since the sample before. */
  sample(): MachineSample;
  /** Now, without a sample. */
  freeBytes(): number;
}

/** A count of CPU time that was used and one that there was. */
type Count = { readonly used: number; readonly all: number };

/** All processors of the machine together (/proc/stat on Linux). */
const wholeMachine = (): Count => {
  let [used, all] = [0, 0];
  for (const { times } of cpus()) {
    const busy = times.user + times.nice + times.sys + times.irq;
    used += busy;
    all += busy + times.idle;
  }
  return { used, all };
};

/** The cgroup of this process where it has a limit, else the whole machine. */
export const openMachine = (root = '/', now: () => number = () => performance.now()): Machine => {
  const cpu = cpuLimit(root);
  const memory = memoryLimit(totalmem(), root);
  const count = (): Count | null => {
    if (cpu === null) return wholeMachine();
    const used = cpu.usedMs();
    return used === null ? null : { used, all: now() * cpu.cores };
  };
  const free = (): number => {
    const whole = memAvailable(root) ?? freemem();
    const used = memory?.used() ?? null;
    return memory === null || used === null ? whole : Math.min(whole, Math.max(0, memory.bytes - used));
  };
  const totalBytes = memory?.bytes ?? totalmem();
  let last = count();
  return {
    cores: cpu?.cores ?? availableParallelism(),
    totalBytes,
    source: {
      cpu:
        cpu === null
          ? `the whole machine, ${availableParallelism()} cores`
          : `cgroup ${cpu.path}, ${cpu.cores} cores`,
      memory: memory === null ? 'the whole machine' : `cgroup ${memory.path}`,
    },
    freeBytes: free,
    sample: () => {
      const next = count();
      const span = next === null || last === null ? 0 : next.all - last.all;
      const share = next === null || last === null || span <= 0 ? null : (next.used - last.used) / span;
      last = next;
      const freeBytes = free();
      return {
        cpu: share === null ? null : Math.min(1, Math.max(0, share)),
        memory: Math.min(1, Math.max(0, 1 - freeBytes / totalBytes)),
        freeBytes,
      };
    },
  };
};
