import { HttpFault } from './http-fault.ts';

const RETRY_MOST_S = 60;
/** Weight of the newest snippet in the running mean of their times. */
const NEWEST = 0.1;

export type AdmissionLimits = {
  /** Snippets that wait or run at once. */
  readonly queue: number;
  /** HTTP requests at once, those included whose body is still on its way. */
  readonly requests: number;
  /** Lean instances. */
  readonly slots: number;
};

/** Back-pressure: what comes when the server is full is turned away at once, with a time to come back at. */
export class Admission {
  readonly #limits: AdmissionLimits;
  #requests = 0;
  #snippets = 0;
  #meanMs = 500;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  /** Snippets that wait or run. */
  get snippets(): number {
    return this.#snippets;
  }
  get requests(): number {
    return this.#requests;
  }

  /** Before a body is read. Throws 429; else answers how to leave. */
  enterRequest(): () => void {
    if (this.#requests >= this.#limits.requests)
      throw this.#full(`${this.#limits.requests} requests are being worked on`);
    this.#requests += 1;
    return once(() => {
      this.#requests -= 1;
    });
  }

  /** A whole batch or nothing of it. Throws 429, or 413 for what would never fit; else answers how one snippet leaves. */
  enterSnippets(count: number): (ms: number) => void {
    const { queue } = this.#limits;
    if (count > queue)
      throw new HttpFault(
        413,
        'batch_too_large',
        `the batch has ${count} snippets; ${queue} are the most that this server takes (--queue)`,
      );
    if (this.#snippets + count > queue)
      throw this.#full(
        `${this.#snippets} snippets wait or run, and ${count} more would be over the limit of ${queue}`,
      );
    this.#snippets += count;
    return (ms) => {
      this.#snippets -= 1;
      this.#meanMs += NEWEST * (ms - this.#meanMs);
    };
  }

  #full(why: string): HttpFault {
    const seconds = Math.ceil((this.#snippets * this.#meanMs) / this.#limits.slots / 1000);
    const retry = String(Math.min(RETRY_MOST_S, Math.max(1, seconds)));
    return new HttpFault(429, 'too_busy', `${why}; come back in ${retry} s`, { 'retry-after': retry });
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
