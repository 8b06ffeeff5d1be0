/** One signal for a request: the caller's, or our own clock; says afterwards which of the two it was. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #late = false;

  constructor(caller: AbortSignal, ms: number) {
    this.#caller = caller;
    caller.addEventListener('abort', this.#cancelled, { once: true });
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#controller.abort(new DOMException(`no answer within ${ms} ms`, 'TimeoutError'));
    }, ms);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get timedOut(): boolean {
    return this.#late;
  }

  /** Settles as `work` does, or rejects as soon as the signal aborts; `work` is then left behind. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    let stop = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      signal.removeEventListener('abort', stop);
      work.catch(() => {});
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#cancelled);
  }

  readonly #cancelled = (): void => this.#controller.abort(this.#caller.reason);
}
