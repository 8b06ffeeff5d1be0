import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf } from '../../../lean/index.ts';
import type { Config } from '../../config/config.ts';
import { openMachine } from '../../load/machine.ts';
import { slotPolicyFor } from '../../load/policy.ts';
import { roomFor } from '../../scheduler/control/policy.ts';
import { mebibytes, percent } from '../../scheduler/control/units.ts';
import { type Finding, note, ok, warn } from './finding.ts';

/** Long enough that CPU time, which is counted in hundredths of a second, says something. */
const SAMPLE_MS = 500;

/** Where the load is read, and how many Lean slots this machine bears. */
export const loadFindings = async (config: Config): Promise<Finding[]> => {
  const machine = openMachine();
  await sleep(SAMPLE_MS);
  const { cpu, freeBytes } = machine.sample();
  const { slots, autoSlots = false, profile, profiles } = config.lean;
  const policy = slotPolicyFor(config.lean, machine);
  const each = bytesOf(profiles[profile]);
  const more = Math.floor(freeBytes / each);
  const room = `${mebibytes(freeBytes)} free of ${mebibytes(machine.totalBytes)}, room for ${more} more Lean of ${mebibytes(each)}`;
  const most = Math.min(policy.most, Math.max(policy.least, roomFor(policy, 0, freeBytes)));
  return [
    (cpu === null ? note : ok)(
      'load',
      `CPU ${cpu === null ? 'not known' : percent(cpu)} of ${machine.source.cpu}`,
    ),
    more >= 1
      ? ok('memory', `${room} (${machine.source.memory})`)
      : warn(
          'memory',
          `${room} (${machine.source.memory})`,
          'End other programs, or use a machine with more memory.',
        ),
    ok(
      'slots',
      autoSlots
        ? `auto: begins with ${slots}, ${policy.least} to ${most}; load ${percent(policy.load.low)} to ${percent(policy.load.high)}, utilisation ${percent(policy.utilisation.low)} to ${percent(policy.utilisation.high)}`
        : `${slots}, fixed; \`--slots auto\` would keep them between ${policy.least} and ${most}`,
    ),
  ];
};
