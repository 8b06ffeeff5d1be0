import { setTimeout as sleep } from 'node:timers/promises';

/** Instances that are started again unasked before somebody has to ask: one that dies at once must not go round for ever. */
const UNASKED = 8;
/** How long jobs at work are let go first: a start takes what they need of the processor. */
const YIELD_MS = 1_000;
const LOOK_MS = 10;

/** Whether and when what died is replaced unasked, so that the next job finds the pool at full strength. */
export class Revival {
  readonly #busy: () => boolean;
  #left = UNASKED;
  #closed = false;

  /** `busy`: whether jobs are at work. */
  constructor(busy: () => boolean) {
    this.#busy = busy;
  }

  /** A job came: whatever died from now on is worth replacing again. */
  asked(): void {
    this.#left = UNASKED;
  }

  close(): void {
    this.#closed = true;
  }

  /** Counts; false = wait for the next job. */
  allowed(): boolean {
    if (this.#closed || this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  /** Resolves when no job is at work, or after a second. */
  async calm(): Promise<void> {
    const ends = performance.now() + YIELD_MS;
    while (this.#busy() && !this.#closed && performance.now() < ends)
      await sleep(LOOK_MS, undefined, { ref: false });
  }
}
