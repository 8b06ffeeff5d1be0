const groups = new Set<number>();

/** Kills a process group led by `pid`; one that is gone already is fine. */
export function killGroup(pid: number): void {
  if (pid <= 0) return;
  groups.delete(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody is left in it.
  }
}

/** A detached process outlives us by default; this one does not. */
export function endWithUs(pid: number): void {
  if (groups.size === 0 && !process.listeners('exit').includes(killAll)) process.on('exit', killAll);
  groups.add(pid);
}

function killAll(): void {
  for (const pid of groups) killGroup(pid);
}
