import type { LeanInstance, StartOptions } from '../backend.ts';
import type { Nursery } from './nursery.ts';
import type { Revival } from './revival.ts';

export type SpareOptions = {
  readonly nursery: Nursery;
  readonly revival: Revival;
  readonly enabled: boolean;
  /** Where the slots live by now: what ends their process must leave the spare. */
  readonly apart: () => Promise<StartOptions>;
};

/**
 * One clean instance in waiting, apart from the slots: a judge takes it where the slot's own cannot be made clean, and
 * so does a slot when all of them died, so that neither waits for a start. It has the header that was asked for last.
 */
export class Spare {
  readonly #options: SpareOptions;
  #coming: Promise<LeanInstance | null> | null = null;
  #instance: LeanInstance | null = null;
  #swapping = false;

  constructor(options: SpareOptions) {
    this.#options = options;
  }

  /** The instance if it is there and lives. */
  get instance(): LeanInstance | null {
    return this.#instance?.alive === true ? this.#instance : null;
  }

  /** What a slot that starts an instance has to keep away from. */
  processes(): StartOptions {
    return this.instance === null ? {} : { apartFrom: new Set([this.instance.pid]) };
  }

  /** Starts one in the background unless there is one. */
  refill(header: string): void {
    if (!this.#options.enabled || this.#swapping) return;
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
    if (instance) await this.#options.nursery.stop(instance);
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
      if (instance === null) {
        this.#coming = null;
        return;
      }
      this.#instance = instance;
      void instance.ended.then(async () => {
        const { revival } = this.#options;
        await revival.calm();
        if (this.#instance === instance && revival.allowed()) this.refill(header);
      });
    });
  }

  async #start(header: string): Promise<LeanInstance | null> {
    try {
      const instance = await this.#options.nursery.start({ ...(await this.#options.apart()), header });
      // A header that cannot be loaded is the fault of the job that brought it.
      await instance.warm(header).catch(() => undefined);
      return instance;
    } catch {
      // Whoever needs an instance then starts one and meets the fault itself.
      return null;
    }
  }
}
