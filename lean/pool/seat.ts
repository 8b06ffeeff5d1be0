import type { LeanInstance } from '../backend.ts';
import type { Nursery } from './nursery.ts';
import { idleTooLong, type RecyclePolicy, type Wear, wornOut } from './recycle.ts';
import type { Revival } from './revival.ts';
import type { Spare } from './spare.ts';

export type SeatOptions = {
  readonly nursery: Nursery;
  readonly spare: Spare;
  readonly revival: Revival;
  /** Whether another seat holds an instance or starts one: its process can take one more in less than a second. */
  readonly hasNeighbour: (seat: Seat) => boolean;
};

/**
 * One slot of the pool: it holds at most one instance, which comes with the first job and may be replaced. One that
 * dies is replaced at once, not when the next job asks.
 */
export class Seat {
  readonly #options: SeatOptions;
  #instance: LeanInstance | null = null;
  #filling: Promise<LeanInstance> | null = null;
  #starting: Promise<LeanInstance> | null = null;
  #header = '';
  #usedAt = performance.now();
  #retired = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** The instance if there is one that lives. */
  get instance(): LeanInstance | null {
    return this.#instance?.alive === true ? this.#instance : null;
  }

  /** While it starts an instance of its own. */
  get starting(): Promise<unknown> | null {
    return this.#starting;
  }

  /**
   * A living instance for the job, one without submissions if `clean`. An abort ends the waiting, not the start:
   * the instance stays in the seat (`settled` waits for it).
   */
  async ready(clean: boolean, header: string, signal?: AbortSignal): Promise<LeanInstance> {
    this.#header = header;
    while (this.#filling !== null)
      await orAbort(
        this.#filling.catch(() => undefined),
        signal,
      );
    signal?.throwIfAborted();
    const here = this.instance;
    if (here !== null && (!clean || here.submissions === 0)) return here;
    const clear = async () =>
      here !== null && (await cleared(here, header)) ? here : await this.#replace(clean);
    return await orAbort(this.#fill(clear), signal);
  }

  /** Takes an instance that must not answer again out of the seat and ends it. */
  async discard(instance: LeanInstance): Promise<void> {
    if (this.#instance === instance) this.#instance = null;
    await this.#options.nursery.stop(instance).catch(() => undefined);
  }

  /** After a job: waits for a start that was left behind and replaces what is dead or worn out. */
  async settled(policy: RecyclePolicy): Promise<void> {
    await this.#filling?.catch(() => undefined);
    this.#usedAt = performance.now();
    const instance = this.#instance;
    if (instance === null) return;
    const worn = wornOut(this.#wear(instance), policy, performance.now()) !== null;
    // After several ends at once a slot may have come to live with the spare: what ends one must leave the other.
    const misplaced = this.#options.spare.instance?.pid === instance.pid;
    if (!instance.alive || worn || misplaced) {
      await this.discard(instance);
      void this.#revive();
    }
  }

  isIdle(policy: RecyclePolicy): boolean {
    const instance = this.instance;
    return instance !== null && idleTooLong(this.#wear(instance), policy, performance.now());
  }

  async empty(): Promise<void> {
    if (this.#instance !== null) await this.discard(this.#instance);
  }

  /** Nobody will ask it again: its instance is ended, also one that is just coming. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#filling?.catch(() => undefined);
    await this.empty();
  }

  #fill(work: () => Promise<LeanInstance>): Promise<LeanInstance> {
    const filling = work().finally(() => {
      this.#filling = null;
    });
    // Whoever waits for it may have left.
    filling.catch(() => undefined);
    this.#filling = filling;
    return filling;
  }

  async #replace(clean: boolean): Promise<LeanInstance> {
    const { nursery, spare, revival, hasNeighbour } = this.#options;
    const old = this.#instance;
    this.#instance = null;
    const retire = async () => {
      if (old !== null) await nursery.stop(old).catch(() => undefined);
    };
    // The spare lives apart from the slots. It moves in where that is the point: for a judge, or when they are gone.
    if (clean || (spare.instance !== null && !hasNeighbour(this))) {
      const behind = clean ? retire : () => retire().then(() => revival.calm());
      const taken = await spare.swap(this.#header, behind);
      if (taken !== null) return this.#seat(taken);
    }
    await retire();
    this.#starting = nursery.start({ ...spare.processes(), header: this.#header }).finally(() => {
      this.#starting = null;
    });
    return this.#seat(await this.#starting);
  }

  #seat(instance: LeanInstance): LeanInstance {
    this.#instance = instance;
    void instance.ended.then(() => {
      if (this.#instance === instance) void this.#revive();
    });
    return instance;
  }

  /** Replaces an instance that is gone; a start that fails is left to the next job, which meets the fault itself. */
  async #revive(): Promise<void> {
    const { revival, spare, hasNeighbour } = this.#options;
    // To move the spare in costs nothing.
    if (spare.instance === null || hasNeighbour(this)) await revival.calm();
    if (this.#retired || this.#filling !== null || this.instance !== null || !revival.allowed()) return;
    const header = this.#header;
    void this.#fill(async () => {
      const instance = await this.#replace(false);
      await instance.warm(header).catch(() => undefined);
      return instance;
    });
  }

  #wear(instance: LeanInstance): Wear {
    return {
      requests: instance.requests,
      memoryBytes: instance.memoryBytes ?? null,
      bornAt: this.#options.nursery.bornAt(instance),
      usedAt: this.#usedAt,
    };
  }
}

/** Whether it is as good as new. What dies over it is replaced like any other. */
const cleared = async (instance: LeanInstance, header: string): Promise<boolean> =>
  (await instance.reset?.(header).catch(() => false)) === true;

async function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  signal.throwIfAborted();
  const left = Promise.withResolvers<never>();
  const leave = () => left.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
