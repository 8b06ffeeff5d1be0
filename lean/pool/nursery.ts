import { isProofloopError } from '../../src/model/index.ts';
import type { LeanBackend, LeanInstance, StartOptions } from '../backend.ts';

/** A start may fail through no fault of the machine's set-up, e.g. when a host is killed just then. */
const START_TRIES = 2;

/** Starts instances and knows all that live, so that closing the pool leaves none behind. */
export class Nursery {
  readonly #backend: LeanBackend;
  readonly #born = new Map<LeanInstance, { readonly id: number; readonly at: number }>();
  #count = 0;
  readonly #starting = new Set<Promise<LeanInstance>>();
  #closed: Error | null = null;

  constructor(backend: LeanBackend) {
    this.#backend = backend;
  }

  /** Rejects with ProofloopError LEAN_START_FAILED after a second try, or with the reason of `close`. */
  start(where: StartOptions): Promise<LeanInstance> {
    const starting = this.#start(where).finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
    return starting;
  }

  /** Milliseconds of `performance.now()`. */
  bornAt(instance: LeanInstance): number {
    return this.#born.get(instance)?.at ?? 0;
  }

  /** From 1 in the order of birth; 0 for one that is gone. */
  numberOf(instance: LeanInstance): number {
    return this.#born.get(instance)?.id ?? 0;
  }

  async stop(instance: LeanInstance): Promise<void> {
    try {
      await instance.stop();
    } finally {
      this.#born.delete(instance);
    }
  }

  async close(reason: Error): Promise<void> {
    this.#closed = reason;
    const ends = [...this.#born.keys()].map((instance) => this.stop(instance));
    await Promise.allSettled([...ends, ...this.#starting]);
  }

  async #start(where: StartOptions): Promise<LeanInstance> {
    for (let tried = 1; ; tried += 1) {
      if (this.#closed !== null) throw this.#closed;
      try {
        return await this.#adopt(await this.#backend.start(where));
      } catch (error) {
        const again = isProofloopError(error) && error.code === 'LEAN_START_FAILED' && tried < START_TRIES;
        if (!again) throw error;
      }
    }
  }

  async #adopt(instance: LeanInstance): Promise<LeanInstance> {
    this.#count += 1;
    this.#born.set(instance, { id: this.#count, at: performance.now() });
    void instance.ended.then(() => this.#born.delete(instance));
    if (this.#closed === null) return instance;
    await this.stop(instance);
    throw this.#closed;
  }
}
