import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../../src/config/config.ts';
import type { Fault } from './fault.ts';
import { kills } from './kills.ts';
import { loops } from './loops.ts';
import { canMount, machineFaults, withMounts } from './machine.ts';
import { type Expected, type Observation, observe } from './observe.ts';
import { replFaults } from './repl.ts';
import { schedules } from './schedule.ts';
import { textFaults } from './texts.ts';

/** What opens the engine: that of the sources or that of the built package. */
export type Open = (config: Pick<Config, 'lean' | 'dirs'>) => Promise<LeanService>;

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
} as const;

/** Plays faults on one engine; `each` sees every row. `cache`: where Lean is prepared. */
export async function play(
  faults: readonly Fault[],
  open: Open,
  cache: string,
  each: (row: Observation, fault: Fault) => void,
): Promise<void> {
  const kind = faults[0]?.group === 'repl' ? 'repl' : 'embedded';
  const lean = await open(settings(cache, kind, SLOTS));
  try {
    for (const fault of faults)
      each(await observe(fault, { lean, cache }, { slots: SLOTS, spare: 1 }), fault);
  } finally {
    await lean.close();
  }
}

/** Each on an engine of its own, whose cache folder is the fault; none where mounts are not allowed. */
export async function playMachine(
  open: Open,
  prepared: string,
  each: (row: Observation, fault: Fault) => void,
): Promise<void> {
  if (!canMount) return;
  const expected: Expected = { slots: 1, spare: 1 };
  for (const fault of machineFaults(join(prepared, 'lean'))) {
    const dir = await mkdtemp(join(tmpdir(), 'proofloop-faults-'));
    const cache = join(dir, 'lean');
    await withMounts(cache, async () => {
      const lean = await open(settings(dirname(cache), 'embedded', 1));
      try {
        each(await observe(fault, { lean, cache }, expected), fault);
      } finally {
        await lean.close();
      }
    });
    await rm(dir, { recursive: true, force: true });
  }
}
