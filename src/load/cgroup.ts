import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A control group that limits this process. Files of a few bytes in memory, hence read in one go. */
export type CpuLimit = {
  readonly path: string;
  readonly cores: number;
  /** Milliseconds of CPU that the group has used; null = gone. */
  readonly usedMs: () => number | null;
};
export type MemoryLimit = {
  readonly path: string;
  readonly bytes: number;
  /** Bytes in use that cannot be given back at once. */
  readonly used: () => number | null;
};

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
};
const numberOf = (text: string | null | undefined): number | null => {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isFinite(value) ? value : null;
};
/** The number behind a name in lines of `name number`. */
const lineOf = (text: string | null, name: string): number | null =>
  numberOf(new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1]);

/** A hierarchy's folder of this process, and those above it; in a container the mount is the container's own. */
const ancestry = (mount: string, path: string): readonly string[] => {
  const below = join(mount, path);
  const first = textOf(join(below, 'cgroup.procs')) === null ? mount : below;
  const all = [first];
  for (let at = first; at.length > mount.length; at = dirname(at)) all.push(dirname(at));
  return all;
};

const dirsOf = (
  root: string,
  controller: string,
): { readonly v2: readonly string[]; readonly v1: readonly string[] } => {
  const lines = (textOf(join(root, 'proc/self/cgroup')) ?? '').split('\n').map((line) => line.split(':'));
  const base = join(root, 'sys/fs/cgroup');
  const unified = lines.find(([id, names]) => id === '0' && names === '');
  const own = lines.find(([, names]) => names?.split(',').includes(controller));
  return {
    v2: unified === undefined ? [] : ancestry(base, unified[2] ?? '/'),
    v1:
      own === undefined
        ? []
        : [own[1] ?? controller, controller].flatMap((name) => ancestry(join(base, name), own[2] ?? '/')),
  };
};

const tightest = <T>(limits: readonly (T | null)[], size: (limit: T) => number): T | null =>
  limits.reduce<T | null>(
    (best, one) => (one !== null && (best === null || size(one) < size(best)) ? one : best),
    null,
  );

const inMs = (value: number | null, perMs: number): number | null => (value === null ? null : value / perMs);

/** The tightest limit of CPU, version 2 or 1; null = none, so that the whole machine is what there is. */
export const cpuLimit = (root = '/'): CpuLimit | null => {
  const { v2, v1 } = dirsOf(root, 'cpu');
  const accounts = dirsOf(root, 'cpuacct').v1;
  const second = v2.map((path): CpuLimit | null => {
    const [quota, period] = (textOf(join(path, 'cpu.max')) ?? '').split(' ').map(numberOf);
    if (!quota || !period) return null;
    return {
      path,
      cores: quota / period,
      usedMs: () => inMs(lineOf(textOf(join(path, 'cpu.stat')), 'usage_usec'), 1e3),
    };
  });
  const first = v1.map((path): CpuLimit | null => {
    const quota = numberOf(textOf(join(path, 'cpu.cfs_quota_us')));
    const period = numberOf(textOf(join(path, 'cpu.cfs_period_us')));
    if (quota === null || quota <= 0 || !period) return null;
    // Mounted together with `cpu`, or beside it with the same path.
    const files = [join(path, 'cpuacct.usage'), ...accounts.map((dir) => join(dir, 'cpuacct.usage'))];
    const file = files.find((name) => textOf(name) !== null);
    if (file === undefined) return null;
    return { path, cores: quota / period, usedMs: () => inMs(numberOf(textOf(file)), 1e6) };
  });
  return tightest([...second, ...first], ({ cores }) => cores);
};

/** The tightest limit of memory below `total`. */
export const memoryLimit = (total: number, root = '/'): MemoryLimit | null => {
  const { v2, v1 } = dirsOf(root, 'memory');
  const of = (path: string, limit: string, used: string, cache: string): MemoryLimit | null => {
    const bytes = numberOf(textOf(join(path, limit)));
    if (bytes === null || bytes >= total) return null;
    return {
      ...{ path, bytes },
      used: () => {
        const all = numberOf(textOf(join(path, used)));
        return all === null
          ? null
          : Math.max(0, all - (lineOf(textOf(join(path, 'memory.stat')), cache) ?? 0));
      },
    };
  };
  return tightest(
    [
      ...v2.map((path) => of(path, 'memory.max', 'memory.current', 'inactive_file')),
      ...v1.map((path) => of(path, 'memory.limit_in_bytes', 'memory.usage_in_bytes', 'total_inactive_file')),
    ],
    ({ bytes }) => bytes,
  );
};

/** What the kernel could hand out on the whole machine; null where it does not say. */
export const memAvailable = (root = '/'): number | null => {
  const kib = numberOf(/^MemAvailable:\s+(\d+) kB$/m.exec(textOf(join(root, 'proc/meminfo')) ?? '')?.[1]);
  return kib === null ? null : kib * 1024;
};
