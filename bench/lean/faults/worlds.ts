import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { createLeanService } from '../../../lean/index.ts';
import type { LeanService } from '../../../lean/service.ts';
import type { Fault } from './fault.ts';
import { kills } from './kills.ts';
import { loops } from './loops.ts';
import { withMounts } from './machine.ts';
import { type Expected, type Observation, observe } from './observe.ts';
import { replFaults } from './repl.ts';
import { schedules } from './schedule.ts';
import { textFaults } from './texts.ts';

/** What opens the engine: that of the sources or that of the built package. */
export type Open = typeof createLeanService;

const FIXTURES = fileURLToPath(new URL('../../../tests/lean/repl/fixtures', import.meta.url));
const SLOTS = 2;

const settings = (cache: string, profile: 'embedded' | 'repl', slots: number) => ({
  dirs: { cache, data: '', state: '', config: '' },
  lean: {
    profile,
    profiles: {
      embedded: { kind: 'embedded' },
      repl: {
        kind: 'command',
        command: [process.execPath, join(FIXTURES, 'repl.ts')],
        cwd: FIXTURES,
        env: {},
        allowUnsandboxed: true,
      },
    },
    slots,
    spare: true,
    wallMs: 60_000,
    heartbeats: 200_000,
  } as const,
});

/** Faults that are played one after the other on one engine. */
export const GROUPS = {
  kill: kills,
  loop: loops,
  text: textFaults,
  schedule: schedules,
  repl: replFaults,
} as const satisfies Record<string, readonly Fault[]>;
export type Group = keyof typeof GROUPS;

export const EXPECTED: Expected = { slots: SLOTS, spare: 1 };

/** The engine of a group. `cache`: where Lean is prepared. */
export const openFor = (group: Group, open: Open, cache: string): Promise<LeanService> =>
  open(settings(cache, group === 'repl' ? 'repl' : 'embedded', SLOTS));

/** Plays a fault on an engine of its own, whose cache folder is the fault. */
export async function observeMachine(fault: Fault, open: Open): Promise<Observation> {
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-faults-'));
  const cache = join(dir, 'lean');
  try {
    return await withMounts(cache, async () => {
      const lean = await open(settings(dir, 'embedded', 1));
      try {
        return await observe(fault, { lean, cache }, { slots: 1, spare: 1 });
      } finally {
        await lean.close();
      }
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
