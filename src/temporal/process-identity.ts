import { readFileSync } from 'node:fs';

/** A process id alone may be given to another process later; with its start time it names one process for good. */
export type ProcessIdentity = { readonly pid: number; readonly started: string | null };

/** Start time in clock ticks since boot (proc(5), field 22 of `stat`), or null where there is no /proc. */
const startOf = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
};

export const identityOf = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid) });

/** True while that very process runs (a zombie does not). */
export const isAlive = (who: ProcessIdentity): boolean => {
  try {
    process.kill(who.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return who.started === null || startOf(who.pid) === who.started;
};

/** Polls, because a process that is not our child announces its end to nobody. False if it outlives `ms`. */
const gone = async (who: ProcessIdentity, ms: number): Promise<boolean> => {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (!isAlive(who)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return !isAlive(who);
};

/** Asks the process to end, then insists; resolves when it is gone. */
export const endProcess = async (who: ProcessIdentity, graceMs: number): Promise<void> => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(who)) return;
    try {
      process.kill(who.pid, signal);
    } catch {
      return;
    }
    if (await gone(who, graceMs)) return;
  }
};
