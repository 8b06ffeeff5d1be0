/** How well a free seat fits a job: the highest wins, the earlier seat among equals. */
export type Fit<S> = (seat: S) => number;

type Waiting<S> = {
  readonly grant: (seat: S) => void;
  readonly refuse: (reason: unknown) => void;
};

/**
 * First come, first served over a set of seats. A job that is cancelled while it waits leaves the queue at
 * once and costs no seat; a job never overtakes an earlier one, fit only chooses among seats that are free.
 */
export class SeatQueue<S> {
  readonly #free: Set<S>;
  readonly #seats: Set<S>;
  readonly #waiting = new Set<Waiting<S>>();
  #closed: unknown = null;

  constructor(seats: readonly S[]) {
    this.#seats = new Set(seats);
    this.#free = new Set(seats);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get busy(): number {
    return this.#seats.size - this.#free.size;
  }

  isFree(seat: S): boolean {
    return this.#free.has(seat);
  }

  async acquire(suits: Fit<S>, signal?: AbortSignal): Promise<S> {
    signal?.throwIfAborted();
    if (this.#closed !== null) throw this.#closed;
    const seat = this.#best(suits);
    if (seat !== undefined) {
      this.#free.delete(seat);
      return seat;
    }
    return await this.#wait(signal);
  }

  /** Takes one seat out if it is free, for work between jobs; it comes back by `release`. */
  take(seat: S): boolean {
    return this.#free.delete(seat);
  }

  /** One more seat; who waits gets it at once. */
  add(seat: S): void {
    this.#seats.add(seat);
    this.release(seat);
  }

  /** Gives up a seat that was taken out of the queue before (`take`, or held by a job): it does not come back. */
  remove(seat: S): void {
    this.#seats.delete(seat);
  }

  release(seat: S): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free.add(seat);
      return;
    }
    this.#waiting.delete(next);
    next.grant(seat);
  }

  /** Refuses those who wait and those who come later. */
  close(reason: unknown): void {
    this.#closed = reason;
    for (const job of this.#waiting) job.refuse(reason);
    this.#waiting.clear();
  }

  #best(suits: Fit<S>): S | undefined {
    let best: S | undefined;
    for (const seat of this.#seats) {
      if (this.#free.has(seat) && (best === undefined || suits(seat) > suits(best))) best = seat;
    }
    return best;
  }

  #wait(signal: AbortSignal | undefined): Promise<S> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(job);
        reject(signal?.reason);
      };
      const job: Waiting<S> = {
        grant: (seat) => {
          signal?.removeEventListener('abort', leave);
          resolve(seat);
        },
        refuse: (reason) => {
          signal?.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      this.#waiting.add(job);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
