import { readFile } from 'node:fs/promises';

const PAGE = 4096;

/** Resident bytes of a process and all below it; null where the machine does not tell (no Linux /proc). */
export async function residentBytes(pid: number): Promise<number | null> {
  try {
    const statm = await readFile(`/proc/${pid}/statm`, 'utf8');
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    const below = await Promise.all(
      children.trim().split(' ').filter(Boolean).map(Number).map(residentBytes),
    );
    return Number(statm.split(' ')[1]) * PAGE + below.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  } catch {
    return null;
  }
}
