import { bytesOf } from '../../lean/index.ts';
import type { Config } from '../config/config.ts';
import { type SlotPolicy, slotPolicy } from '../scheduler/control/policy.ts';
import type { Machine } from './machine.ts';

/** More slots than cores help no Lean, which computes. */
export const slotPolicyFor = (lean: Config['lean'], machine: Pick<Machine, 'cores'>): SlotPolicy =>
  slotPolicy({
    most: Math.max(1, Math.round(machine.cores)),
    ...(lean.maxLoad !== undefined && { maxLoad: lean.maxLoad }),
    memory: { each: bytesOf(lean.profiles[lean.profile]) },
  });
