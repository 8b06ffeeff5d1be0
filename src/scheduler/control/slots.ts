import { guard } from './guard.ts';
import { type Held, hold, type Step } from './hold.ts';
import type { SlotPolicy, SlotSample } from './policy.ts';
import { steer } from './steer.ts';

/** The slots of one worker: the guard first, the steering where the guard has nothing to say. */
export const controlSlots = (policy: SlotPolicy, state: Held, sample: SlotSample): Step =>
  hold(
    policy.patience,
    state,
    guard(policy, sample, state.value) ?? steer(policy, sample, state.value),
    sample.at,
  );
