import type { Wish } from './hold.ts';
import { roomFor, type SlotPolicy, type SlotSample, utilisationOfSample } from './policy.ts';
import { percent } from './units.ts';

/**
 * Inside the guard: so many slots that 70 to 80 % of them are in use. It grows only as far as the load will stay below
 * the guard's mark if it grows with the busy slots, and shrinks only if what is left will not be too few. Where nothing
 * was asked there is nothing to steer by; what idles costs nothing, because the pool ends idle instances itself.
 */
export const steer = (policy: SlotPolicy, sample: SlotSample, slots: number): Wish | null => {
  const utilisation = utilisationOfSample(sample);
  if (utilisation === null || utilisation === 0) return null;
  const { high, low } = policy.utilisation;
  const busy = utilisation * slots;
  const said = `utilisation ${percent(utilisation)} of ${slots} ${slots === 1 ? 'slot' : 'slots'}`;
  if (utilisation > high) {
    const wanted = Math.ceil(busy / ((high + low) / 2));
    const bearable =
      sample.load === null || sample.load === 0
        ? Number.POSITIVE_INFINITY
        : Math.floor((busy * policy.load.aim) / sample.load);
    const to = Math.min(wanted, policy.most, bearable, roomFor(policy, slots, sample.freeBytes));
    if (to <= slots) return null;
    const load = sample.load === null ? '' : `, load ${percent(sample.load)}`;
    return {
      ...{ rule: 'grow', to, holdMs: policy.hold.grow },
      reason: `${said} is above ${percent(high)}${load}: ${to - slots} more`,
    };
  }
  const to = Math.max(policy.least, Math.ceil(busy / low));
  if (utilisation >= low || to >= slots) return null;
  return {
    ...{ rule: 'shrink', to, holdMs: policy.hold.shrink },
    reason: `${said} is below ${percent(low)}: ${slots - to} fewer`,
  };
};
