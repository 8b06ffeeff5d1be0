import type { LeanInstance } from '../backend.ts';
import type { Nursery } from './nursery.ts';
import { idleTooLong, type RecyclePolicy, type Wear, wornOut } from './recycle.ts';
import type { Spare } from './spare.ts';

/** One slot of the pool: it holds at most one instance, which comes with the first job and may be replaced. */
export class Seat {
  readonly #nursery: Nursery;
  readonly #spare: Spare;
  #instance: LeanInstance | null = null;
  #filling: Promise<LeanInstance> | null = null;
  #usedAt = performance.now();

  constructor(nursery: Nursery, spare: Spare) {
    this.#nursery = nursery;
    this.#spare = spare;
  }

  /** The instance if there is one that lives. */
  get instance(): LeanInstance | null {
    return this.#instance?.alive === true ? this.#instance : null;
  }

  /**
   * A living instance for the job, one without submissions if `clean`. An abort ends the waiting, not the start:
   * the instance stays in the seat (`settled` waits for it).
   */
  async ready(clean: boolean, header: string, signal?: AbortSignal): Promise<LeanInstance> {
    signal?.throwIfAborted();
    const here = this.instance;
    if (here !== null && (!clean || here.submissions === 0)) return here;
    this.#filling = this.#fill(header).finally(() => {
      this.#filling = null;
    });
    return await orAbort(this.#filling, signal);
  }

  /** Takes an instance that must not answer again out of the seat and ends it. */
  async discard(instance: LeanInstance): Promise<void> {
    if (this.#instance === instance) this.#instance = null;
    await this.#nursery.stop(instance).catch(() => undefined);
  }

  /** After a job: waits for a start that was left behind and replaces what is dead or worn out. */
  async settled(policy: RecyclePolicy): Promise<void> {
    await this.#filling?.catch(() => undefined);
    this.#usedAt = performance.now();
    const instance = this.#instance;
    if (instance === null) return;
    if (!instance.alive || wornOut(this.#wear(instance), policy, performance.now()) !== null) {
      await this.discard(instance);
    }
  }

  isIdle(policy: RecyclePolicy): boolean {
    const instance = this.instance;
    return instance !== null && idleTooLong(this.#wear(instance), policy, performance.now());
  }

  async empty(): Promise<void> {
    if (this.#instance !== null) await this.discard(this.#instance);
  }

  async #fill(header: string): Promise<LeanInstance> {
    const old = this.#instance;
    this.#instance = null;
    const retire = async () => {
      if (old !== null) await this.#nursery.stop(old).catch(() => undefined);
    };
    this.#instance = await this.#spare.swap(header, retire);
    if (this.#instance !== null) return this.#instance;
    await retire();
    this.#instance = await this.#nursery.start();
    return this.#instance;
  }

  #wear(instance: LeanInstance): Wear {
    return {
      requests: instance.requests,
      memoryBytes: instance.memoryBytes ?? null,
      bornAt: this.#nursery.bornAt(instance),
      usedAt: this.#usedAt,
    };
  }
}

async function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const left = Promise.withResolvers<never>();
  const leave = () => left.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
