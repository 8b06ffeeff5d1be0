/**
 * Work under a key that this worker does once at a time: who comes second waits for the first. Where that is cancelled,
 * fails, or ends in what cannot be shared, the next one does it itself.
 */
export class Joined<T> {
  readonly #flying = new Map<string, Promise<T>>();

  async once(call: {
    readonly key: string;
    readonly signal: AbortSignal;
    readonly make: () => Promise<T>;
    readonly share: (value: T) => boolean;
  }): Promise<{ readonly value: T; readonly made: boolean }> {
    const { key, signal, make, share } = call;
    for (;;) {
      signal.throwIfAborted();
      const first = this.#flying.get(key);
      if (first === undefined) break;
      const ended = await Promise.race([
        first.then(
          (value) => ({ value }),
          () => null,
        ),
        aborted(signal),
      ]);
      if (ended !== null && share(ended.value)) return { value: ended.value, made: false };
    }
    const making = make();
    this.#flying.set(key, making);
    try {
      return { value: await making, made: true };
    } finally {
      this.#flying.delete(key);
    }
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
