import type { LeanInstance } from '../backend.ts';
import type { Nursery } from './nursery.ts';

/**
 * One clean instance in waiting: a judge takes it, and so does a slot whose instance died, so that neither waits
 * for a start. It has the header that was asked for last.
 */
export class Spare {
  readonly #nursery: Nursery;
  readonly #enabled: boolean;
  #coming: Promise<LeanInstance | null> | null = null;
  #instance: LeanInstance | null = null;

  constructor(nursery: Nursery, enabled: boolean) {
    this.#nursery = nursery;
    this.#enabled = enabled;
  }

  /** The instance if it is there and lives. */
  get instance(): LeanInstance | null {
    return this.#instance?.alive === true ? this.#instance : null;
  }

  /** Starts one in the background unless there is one; `after` (the end of what it replaces) bounds their number. */
  refill(header: string, after: Promise<unknown> = Promise.resolve()): void {
    if (!this.#enabled || (this.#coming !== null && (this.#instance === null || this.#instance.alive)))
      return;
    this.#instance = null;
    const coming = after.then(
      () => this.#start(header),
      () => this.#start(header),
    );
    this.#coming = coming;
    void coming.then((instance) => {
      if (this.#coming !== coming) return;
      if (instance === null) this.#coming = null;
      else this.#instance = instance;
    });
  }

  /** Hands it over (null when the start failed or it died meanwhile), or is null itself when there is none. */
  claim(): Promise<LeanInstance | null> | null {
    const coming = this.#coming;
    this.#coming = null;
    this.#instance = null;
    return coming?.then((instance) => (instance?.alive === true ? instance : null)) ?? null;
  }

  /** Ends it when nobody asked for long. */
  async dismiss(): Promise<void> {
    const instance = await this.claim();
    if (instance) await this.#nursery.stop(instance);
  }

  async #start(header: string): Promise<LeanInstance | null> {
    let instance: LeanInstance | null = null;
    try {
      instance = await this.#nursery.start();
      await instance.warm(header);
      return instance;
    } catch {
      // Whoever needs an instance then starts one and meets the fault itself.
      if (instance !== null) await this.#nursery.stop(instance).catch(() => undefined);
      return null;
    }
  }
}
