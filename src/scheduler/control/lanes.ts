import { type Held, hold, type Patience, type Step, type Wish } from './hold.ts';
import { percent } from './units.ts';

/** What a run's lanes are tuned by. */
export type LanePolicy = {
  readonly least: number;
  readonly most: number;
  readonly utilisation: { readonly high: number; readonly low: number };
  readonly patience: Patience;
};

export const lanePolicy = (most: number): LanePolicy => ({
  least: 1,
  most,
  utilisation: { high: 0.8, low: 0.7 },
  patience: { settleMs: 8_000, restMs: 20_000, longestRestMs: 300_000, lastingMs: 300_000 },
});

/** One look at the workers that serve a run. */
export type LaneSample = {
  readonly at: number;
  /** Theorems in work, and those that have not begun. */
  readonly inFlight: number;
  readonly left: number;
  /** Lean slots of all workers, tasks that wait for one, and how much of them was in use; null = no report yet. */
  readonly slots: number | null;
  readonly waiting: number | null;
  readonly utilisation: number | null;
  /** Requests that the providers bear at once now, and how many they refused lately; null = no model is asked. */
  readonly model: { readonly limit: number; readonly refused: number } | null;
  /** Whether a theorem keeps Lean busy before a model is asked. */
  readonly leanFirst: boolean;
};

/**
 * The lanes of a run: one and a half for each Lean slot, so that none waits while results are written, and one for each
 * request that the models bear at once. A refusal lowers what a model bears, so it takes lanes of the model and none of
 * Lean's. What Lean does with them corrects the sum: slots that idle while all lanes are taken ask for more, a queue that
 * is longer than the slots for fewer.
 */
export const controlLanes = (policy: LanePolicy, state: Held, sample: LaneSample): Step =>
  hold(policy.patience, begun(state, sample), wishOf(policy, state, sample), sample.at);

/** The first figures set the lanes at once; from then on they are corrected. */
const begun = (state: Held, { slots }: LaneSample): Held =>
  state.changedAt === null && slots !== null ? { ...state, changedAt: Number.MIN_SAFE_INTEGER } : state;

const wishOf = (policy: LanePolicy, { value, changedAt }: Held, sample: LaneSample): Wish | null => {
  const { slots, waiting, model } = sample;
  if (slots === null) return null;
  const within = (to: number) => Math.min(policy.most, Math.max(policy.least, Math.round(to)));
  const lean = Math.ceil(slots * 1.5);
  const base = within(lean + (model?.limit ?? 0));
  const parts = `${slots} Lean ${slots === 1 ? 'slot' : 'slots'}${model === null ? '' : ` and ${model.limit} model requests at once`}`;
  if (changedAt === null && base !== value) return { rule: 'start', to: base, holdMs: 0, reason: parts };
  if (model !== null && model.refused > 0 && base < value && !sample.leanFirst)
    return {
      ...{ rule: 'refused', to: base, holdMs: 0 },
      reason: `${model.refused} requests were refused for the rate: ${parts}`,
    };
  if (waiting !== null && waiting > slots && value > lean)
    return {
      ...{ rule: 'queue', to: within(Math.max(lean, value - (waiting - slots))), holdMs: 8_000 },
      reason: `${waiting} tasks wait for ${parts}`,
    };
  if (value < lean && sample.left > 0) return { rule: 'slots', to: within(lean), holdMs: 0, reason: parts };
  const full = sample.inFlight >= value && sample.left > 0;
  const idle = sample.utilisation !== null && sample.utilisation < policy.utilisation.low && !(waiting ?? 0);
  // More requests to a model that refuses them help nobody, but where Lean comes first more theorems keep it at work.
  if (!full || !idle || ((model?.refused ?? 0) > 0 && !sample.leanFirst)) return null;
  return {
    ...{ rule: 'idle', to: within(value + Math.max(1, value / 4)), holdMs: 4_000 },
    reason: `all ${value} lanes are taken and ${percent(sample.utilisation ?? 0)} of ${parts} in use`,
  };
};
