import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openMachine } from '../../src/load/machine.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'proofloop-load-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = async (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), `${text}\n`);
  }
};

test('without a limit it is this machine as it is', () => {
  const machine = openMachine();
  expect(machine.cores).toBeGreaterThan(0);
  const until = performance.now() + 50;
  while (performance.now() < until);
  const { cpu, memory, freeBytes } = machine.sample();
  if (cpu !== null) expect(cpu).toBeLessThanOrEqual(1);
  expect(memory).toBeGreaterThan(0);
  expect(freeBytes).toBeLessThan(totalmem());
});

test('cgroup version 2: CPU against the tightest quota above the process, memory against its limit', async () => {
  const group = 'sys/fs/cgroup/pod.slice/job';
  await write({
    'proc/self/cgroup': '0::/pod.slice/job',
    'proc/meminfo': 'MemTotal: 9 kB\nMemAvailable:    4194304 kB',
    'sys/fs/cgroup/pod.slice/cpu.max': '150000 100000',
    'sys/fs/cgroup/pod.slice/cpu.stat': 'usage_usec 1000000\nuser_usec 5',
    [`${group}/cgroup.procs`]: '1',
    [`${group}/cpu.max`]: 'max 100000',
    [`${group}/memory.max`]: `${1024 ** 3}`,
    [`${group}/memory.current`]: `${800 * 1024 ** 2}`,
    [`${group}/memory.stat`]: `anon 5\ninactive_file ${300 * 1024 ** 2}`,
  });
  let now = 0;
  const machine = openMachine(root, () => now);
  expect(machine.cores).toBe(1.5);
  expect(machine.source.cpu).toContain('pod.slice, 1.5 cores');
  now = 1_000;
  await write({ 'sys/fs/cgroup/pod.slice/cpu.stat': 'usage_usec 2200000' });
  const sample = machine.sample();
  expect(sample.cpu).toBeCloseTo(0.8);
  expect(sample.freeBytes).toBe((1024 - 500) * 1024 ** 2);
  expect(sample.memory).toBeCloseTo(500 / 1024);
  await rm(join(root, 'sys/fs/cgroup/pod.slice/cpu.stat'));
  expect(machine.sample().cpu).toBeNull();
});

test('cgroup version 1, in a container that sees its own group as the root', async () => {
  await write({
    'proc/self/cgroup': '4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n0::/',
    'proc/meminfo': 'MemAvailable:    1024 kB',
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '200000',
    'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000',
    'sys/fs/cgroup/cpu,cpuacct/cpuacct.usage': '0',
    'sys/fs/cgroup/memory/memory.limit_in_bytes': `${1024 ** 3}`,
    'sys/fs/cgroup/memory/memory.usage_in_bytes': `${512 * 1024 ** 2}`,
  });
  let now = 0;
  const machine = openMachine(root, () => now);
  expect(machine.cores).toBe(2);
  now = 100;
  await write({ 'sys/fs/cgroup/cpu,cpuacct/cpuacct.usage': '100000000' });
  expect(machine.sample()).toMatchObject({ cpu: 0.5, freeBytes: 1024 ** 2 });
});

test('limits that are none, and files that say nothing, leave the whole machine', async () => {
  await write({
    'proc/self/cgroup': '4:memory:/\n1:cpu:/\n0::/',
    'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1',
    'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
    'sys/fs/cgroup/cpu.max': 'max 100000',
    'sys/fs/cgroup/memory.max': 'max',
  });
  const machine = openMachine(root);
  expect(machine.source).toEqual({
    cpu: `the whole machine, ${availableParallelism()} cores`,
    memory: 'the whole machine',
  });
  expect(machine.totalBytes).toBe(totalmem());
  expect(openMachine(join(root, 'nowhere')).cores).toBe(availableParallelism());
});
