import type { Wish } from './hold.ts';
import { roomFor, type SlotPolicy, type SlotSample, utilisationOfSample } from './policy.ts';
import { mebibytes, percent } from './units.ts';

/** Of the slots in use: how much is wanted cannot be seen from there on. */
const SATURATED = 0.95;

/**
 * The outer guard: too much load or too little memory halves, little load doubles. It doubles only what is all
 * in use: otherwise the steering knows how many are wanted, and would take back what is more.
 */
export const guard = (policy: SlotPolicy, sample: SlotSample, slots: number): Wish | null => {
  const { load, memory, hold } = policy;
  const half = Math.max(policy.least, Math.floor(slots / 2));
  if (sample.freeBytes !== null && sample.freeBytes < memory.reserve)
    return {
      ...{ rule: 'memory', to: half, holdMs: hold.guard },
      reason: `${mebibytes(sample.freeBytes)} of memory are free, less than the ${mebibytes(memory.reserve)} that are kept free: halved`,
    };
  if (sample.load === null) return null;
  if (sample.load > load.high)
    return {
      ...{ rule: 'overload', to: half, holdMs: hold.guard },
      reason: `load ${percent(sample.load)} is above ${percent(load.high)}: halved`,
    };
  const utilisation = utilisationOfSample(sample);
  if (sample.load >= load.low || utilisation === null || utilisation < SATURATED) return null;
  const to = Math.min(policy.most, 2 * slots, roomFor(policy, slots, sample.freeBytes));
  const what = to === 2 * slots ? 'doubled' : `raised to ${to}, the most there may be`;
  return {
    ...{ rule: 'underload', to: Math.max(slots, to), holdMs: hold.guard },
    reason: `load ${percent(sample.load)} is below ${percent(load.low)} with ${percent(utilisation)} of the slots in use: ${what}`,
  };
};
