import type { Patience } from './hold.ts';

/** What a worker's slots are tuned by. Shares are 0 to 1, sizes bytes, times milliseconds. */
export type SlotPolicy = {
  readonly least: number;
  readonly most: number;
  /** Load above it halves the slots, load below it doubles them. */
  readonly load: {
    readonly high: number;
    readonly low: number /** Growth by steering goes so far. */;
    readonly aim: number;
  };
  readonly utilisation: { readonly high: number; readonly low: number };
  /** What one more Lean takes, and what is kept free for all else. */
  readonly memory: { readonly each: number; readonly reserve: number };
  readonly hold: {
    readonly guard: number;
    readonly grow: number;
    /** Longer than for growth: an instance that is ended has to be started again. */
    readonly shrink: number;
  };
  readonly patience: Patience;
};

/** Load and utilisation are means over so long. */
export const WINDOW_MS = 10_000;

const GiB = 1024 ** 3;

export const slotPolicy = (bounds: {
  readonly least?: number;
  readonly most: number;
  readonly maxLoad?: number;
  readonly memory?: Partial<SlotPolicy['memory']>;
}): SlotPolicy => {
  const high = bounds.maxLoad ?? 0.8;
  return {
    least: bounds.least ?? 1,
    most: bounds.most,
    load: { high, low: high / 4, aim: high * (15 / 16) },
    utilisation: { high: 0.8, low: 0.7 },
    memory: { each: GiB / 2, reserve: GiB, ...bounds.memory },
    hold: { guard: 4_000, grow: 4_000, shrink: 20_000 },
    patience: { settleMs: WINDOW_MS, restMs: 30_000, longestRestMs: 600_000, lastingMs: 600_000 },
  };
};

/** One look at a machine and a worker's slots. */
export type SlotSample = {
  readonly at: number;
  /** CPU in use over the window; null = not known. */
  readonly load: number | null;
  /** What is left for one more Lean, in bytes; null = not known. */
  readonly freeBytes: number | null;
  /** Slot-milliseconds of the window in which Lean worked, and all that there were. */
  readonly busyMs: number;
  readonly availableMs: number;
};

export const utilisationOfSample = ({ busyMs, availableMs }: SlotSample): number | null =>
  availableMs > 0 ? Math.min(1, busyMs / availableMs) : null;

/** How many slots the memory has room for, at most, when `slots` are in use. */
export const roomFor = ({ memory }: SlotPolicy, slots: number, freeBytes: number | null): number =>
  freeBytes === null
    ? Number.POSITIVE_INFINITY
    : slots + Math.max(0, Math.floor((freeBytes - memory.reserve) / memory.each));
