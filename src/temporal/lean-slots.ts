import type {
  ActivitySlotInfo,
  CustomSlotSupplier,
  SlotPermit,
  SlotReleaseContext,
} from '@temporalio/worker';

type Permit = SlotPermit & { used: boolean };

/** How soon a look at the memory is repeated while it has no room. */
const LOOK_MS = 1_000;

/**
 * The activity slots of a queue, whose number can be changed while the worker runs: fewer take effect as tasks end. A
 * slot beyond the first is given out only while there is room for it, so that a machine without memory for one more
 * Lean takes no more.
 */
export class LeanSlots implements CustomSlotSupplier<ActivitySlotInfo> {
  readonly type = 'custom';
  #limit: number;
  readonly #room: (issued: number) => boolean;
  #issued = 0;
  #used = 0;
  #since = performance.now();
  #busyMs = 0;
  #availableMs = 0;
  readonly #waiting = new Set<() => void>();
  #look: NodeJS.Timeout | null = null;

  /** `room`: whether one more fits beside so many that are given out. */
  constructor(limit: number, room: (issued: number) => boolean = () => true) {
    this.#limit = limit;
    this.#room = room;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Tasks at work. */
  get used(): number {
    return this.#used;
  }

  resize(limit: number): void {
    this.#count();
    this.#limit = limit;
    this.#serve();
  }

  /** Slot-milliseconds at work, and those that there were, since the start. */
  totals(): { readonly busyMs: number; readonly availableMs: number } {
    this.#count();
    return { busyMs: this.#busyMs, availableMs: this.#availableMs };
  }

  reserveSlot(_context: unknown, signal: AbortSignal): Promise<SlotPermit> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        this.#waiting.delete(grant);
        reject(signal.reason);
      };
      const grant = () => {
        signal.removeEventListener('abort', leave);
        resolve(this.#issue());
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(grant);
      this.#serve();
    });
  }

  tryReserveSlot(): SlotPermit | null {
    return this.#waiting.size === 0 && this.#free() ? this.#issue() : null;
  }

  markSlotUsed({ permit }: { readonly permit: SlotPermit }): void {
    this.#count();
    this.#used += 1;
    (permit as Permit).used = true;
  }

  releaseSlot({ permit }: SlotReleaseContext<ActivitySlotInfo>): void {
    this.#count();
    this.#issued -= 1;
    if ((permit as Permit).used) this.#used -= 1;
    this.#serve();
  }

  #free(): boolean {
    return this.#issued < this.#limit && (this.#issued === 0 || this.#room(this.#issued));
  }

  #issue(): Permit {
    this.#issued += 1;
    return { used: false };
  }

  #serve(): void {
    for (const grant of this.#waiting) {
      if (!this.#free()) break;
      this.#waiting.delete(grant);
      grant();
    }
    // Nobody tells when memory becomes free.
    if (this.#waiting.size === 0 || this.#issued >= this.#limit || this.#look !== null) return;
    this.#look = setTimeout(() => {
      this.#look = null;
      this.#serve();
    }, LOOK_MS).unref();
  }

  #count(): void {
    const now = performance.now();
    const ms = now - this.#since;
    this.#since = now;
    // What still ends after a shrinking is a slot that is there.
    this.#availableMs += ms * Math.max(this.#limit, this.#used);
    this.#busyMs += ms * this.#used;
  }
}
