import { chmod, mkdir } from 'node:fs/promises';
import { execa } from 'execa';
import type { Fault } from './fault.ts';
import { job, outcomeOf, proof } from './requests.ts';

/** Mounts need root; without it these faults are not played. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

const mount = (...args: string[]) => execa('mount', args);
const RIGHT = job('(a b : Nat) : a + b = b + a');
const ask = (lean: Parameters<Fault['provoke']>[0]['lean']) =>
  outcomeOf(lean.screen(RIGHT, proof('by omega')));

/** `prepared`: a cache folder in which Lean has been prepared. */
export const machineFaults = (prepared: string): readonly Fault[] => [
  {
    group: 'machine',
    name: 'disk full while Lean is prepared (a tmpfs of 40 MB), then space is made',
    right: ['LEAN_CACHE_UNWRITABLE'],
    cold: true,
    provoke: async ({ lean, cache }) => {
      await mount('-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', cache);
      const outcomes = [await ask(lean), await ask(lean)];
      await mount('-o', 'remount,size=1500m', cache);
      return { outcomes };
    },
  },
  {
    group: 'machine',
    name: 'cache folder read-only and empty, then writable',
    right: ['LEAN_CACHE_UNWRITABLE'],
    cold: true,
    provoke: async ({ lean, cache }) => {
      await mount('--bind', prepared, cache);
      await mount('-t', 'tmpfs', '-o', 'ro', 'tmpfs', cache);
      const outcomes = [await ask(lean)];
      await execa('umount', [cache]);
      return { outcomes };
    },
  },
  {
    group: 'machine',
    name: 'cache folder read-only, Lean prepared before',
    right: ['accepted'],
    cold: true,
    provoke: async ({ lean, cache }) => {
      await mount('--bind', prepared, cache);
      await mount('-o', 'remount,bind,ro', cache);
      return { outcomes: [await ask(lean)] };
    },
  },
];

/** An own folder for `use`, with whatever was mounted there taken away again. */
export async function withMounts<T>(folder: string, use: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  try {
    return await use();
  } finally {
    for (let left = 3; left > 0; left -= 1) await execa('umount', [folder], { reject: false });
  }
}
