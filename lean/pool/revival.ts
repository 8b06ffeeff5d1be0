/** Instances that are started again unasked before somebody has to ask: one that dies at once must not go round for ever. */
const UNASKED = 8;

/** Whether what died between jobs is replaced at once, so that the next job finds the pool at full strength. */
export class Revival {
  #left = UNASKED;
  #closed = false;

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
}
