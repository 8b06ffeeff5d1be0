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
  #swapping = false;

  constructor(nursery: Nursery, enabled: boolean) {
    this.#nursery = nursery;
    this.#enabled = enabled;
  }

  /** The instance if it is there and lives. */
  get instance(): LeanInstance | null {
    return this.#instance?.alive === true ? this.#instance : null;
  }

  /** Starts one in the background unless there is one. */
  refill(header: string): void {
    if (!this.#enabled || this.#swapping) return;
    if (this.#coming !== null && (this.#instance === null || this.#instance.alive)) return;
    this.#refill(header, Promise.resolve());
  }

  /**
   * Hands it over, null when there is none to be had. `retire` ends what it replaces; the next spare starts after
   * that, so that there is never more than one instance beside the slots'.
   */
  async swap(header: string, retire: () => Promise<void>): Promise<LeanInstance | null> {
    const coming = this.#claim();
    if (coming === null) return null;
    this.#swapping = true;
    try {
      const instance = await coming;
      if (instance?.alive !== true) return null;
      this.#refill(header, retire());
      return instance;
    } finally {
      this.#swapping = false;
    }
  }

  /** Ends it when nobody asked for long. */
  async dismiss(): Promise<void> {
    const instance = await this.#claim();
    if (instance) await this.#nursery.stop(instance);
  }

  #claim(): Promise<LeanInstance | null> | null {
    const coming = this.#coming;
    this.#coming = null;
    this.#instance = null;
    return coming;
  }

  #refill(header: string, after: Promise<void>): void {
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
