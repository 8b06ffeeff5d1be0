import { setImmediate } from 'node:timers/promises';
import { parseHeader } from '../../src/lean-text/imports.ts';
import { ProofloopError } from '../../src/model/index.ts';
import type { LeanBackend, LeanInstance, StartOptions } from '../backend.ts';
import type { LeanCall, PoolStatus } from '../service.ts';
import { Nursery } from './nursery.ts';
import { SeatQueue } from './queue.ts';
import { DEFAULT_RECYCLE, type RecyclePolicy } from './recycle.ts';
import { Revival } from './revival.ts';
import { Seat } from './seat.ts';
import { Spare } from './spare.ts';

export type PoolOptions = {
  readonly backend: LeanBackend;
  /** Instances that work at once; they start when they are first needed. */
  readonly slots: number;
  /** Keeps one clean instance ready beside the slots. Default true. */
  readonly spare?: boolean;
  readonly recycle?: Partial<RecyclePolicy>;
};

/** A seat that is held for one job. */
export type Lease = {
  readonly seat: Seat;
  readonly header: string;
  readonly signal: AbortSignal | undefined;
  readonly clean: boolean;
};

/** The slots of a pool and its spare: who works, who waits, what is started, recycled and ended. Throws CANCELLED. */
export class Seats {
  readonly #backend: LeanBackend;
  readonly #nursery: Nursery;
  readonly #revival = new Revival(() => this.#queue.busy > 0);
  readonly #spare: Spare;
  readonly #seats: Set<Seat>;
  readonly #newSeat: () => Seat;
  /** Seats that have to go as soon as their jobs are done. */
  #surplus = 0;
  readonly #queue: SeatQueue<Seat>;
  readonly #recycle: RecyclePolicy;
  readonly #sweeper: NodeJS.Timeout;
  #usedAt = performance.now();
  #answered = false;
  #closing: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    this.#backend = options.backend;
    this.#recycle = { ...DEFAULT_RECYCLE, ...options.recycle };
    this.#nursery = new Nursery(options.backend);
    const [nursery, revival] = [this.#nursery, this.#revival];
    const spare = new Spare({ nursery, revival, enabled: options.spare ?? true, apart: () => this.#slots() });
    const hasNeighbour = (seat: Seat) =>
      [...this.#seats].some((other) => other !== seat && (other.instance ?? other.starting) !== null);
    this.#spare = spare;
    this.#newSeat = () => new Seat({ nursery, spare, revival, hasNeighbour });
    this.#seats = new Set(Array.from({ length: options.slots }, this.#newSeat));
    this.#queue = new SeatQueue([...this.#seats]);
    const pauseMs = Math.min(30_000, Math.max(20, (this.#recycle.idleMs ?? 120_000) / 4));
    this.#sweeper = setInterval(() => this.#sweep(), pauseMs).unref();
  }

  /** One seat for the time of `work`. The answer does not wait until the seat is in order again; the next job does. */
  async lease<T>(
    text: string,
    clean: boolean,
    call: LeanCall,
    work: (lease: Lease, started: () => void) => Promise<T>,
  ): Promise<T> {
    const { key, end } = parseHeader(text);
    const header = text.slice(0, end);
    const seat = await this.#queue.acquire((free) => fitness(free.instance, key, clean), call.signal);
    this.#revival.asked();
    let begun = false;
    const started = () => {
      if (!begun) call.onStart?.();
      begun = true;
      if (this.#answered) this.#spare.refill(header);
    };
    try {
      return await work({ seat, header, clean, signal: call.signal }, started);
    } finally {
      this.#usedAt = performance.now();
      // Not before the first answer, which would come later for it.
      if (begun) this.#spare.refill(header);
      this.#answered ||= begun;
      void seat.settled(this.#recycle).finally(() => this.#free(seat));
    }
  }

  /** More seats are there at once; fewer as jobs end, those first that have nothing to do. Their instances are ended. */
  resize(slots: number): void {
    if (this.#closing !== null) return;
    for (let more = slots - (this.#seats.size - this.#surplus); more > 0; more -= 1) {
      if (this.#surplus > 0) {
        this.#surplus -= 1;
        continue;
      }
      const seat = this.#newSeat();
      this.#seats.add(seat);
      this.#queue.add(seat);
    }
    this.#surplus = this.#seats.size - slots;
    // Without an instance first: nothing is lost with them.
    const idle = [...this.#seats].sort((a, b) => Number(a.instance !== null) - Number(b.instance !== null));
    for (const seat of idle) if (this.#surplus > 0 && this.#queue.take(seat)) this.#free(seat);
  }

  /** The seat is wanted again, or it was one too many. */
  #free(seat: Seat): void {
    if (this.#surplus === 0) {
      this.#queue.release(seat);
      return;
    }
    this.#surplus -= 1;
    this.#seats.delete(seat);
    this.#queue.remove(seat);
    void seat.retire();
  }

  status(): PoolStatus {
    const row = (instance: LeanInstance, state: string) => ({
      id: this.#nursery.numberOf(instance),
      pid: instance.pid,
      state,
      requests: instance.requests,
      headers: instance.headers.size,
    });
    const instances = [...this.#seats].flatMap((seat) =>
      seat.instance === null ? [] : [row(seat.instance, this.#queue.isFree(seat) ? 'idle' : 'busy')],
    );
    const spare = this.#spare.instance === null ? [] : [row(this.#spare.instance, 'spare')];
    return {
      slots: this.#seats.size - this.#surplus,
      busy: this.#queue.busy,
      waiting: this.#queue.waiting,
      instances: [...instances, ...spare],
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#sweeper);
    const reason = new ProofloopError('CANCELLED', 'the Lean service was closed');
    this.#revival.close();
    this.#queue.close(reason);
    // Together: the backend ends what is still starting, which the nursery waits for.
    await Promise.all([this.#nursery.close(reason), this.#backend.close()]);
  }

  /** Processes that hold slots, those too that are just being started. */
  async #slots(): Promise<StartOptions> {
    // What has just been taken is seated first.
    await setImmediate();
    await Promise.allSettled([...this.#seats].map((seat) => seat.starting));
    return { apartFrom: new Set([...this.#seats].flatMap(({ instance }) => instance?.pid ?? [])) };
  }

  #sweep(): void {
    for (const seat of this.#seats) {
      if (!seat.isIdle(this.#recycle) || !this.#queue.take(seat)) continue;
      void seat.empty().finally(() => this.#free(seat));
    }
    const idleMs = this.#recycle.idleMs;
    if (idleMs !== null && this.#queue.busy === 0 && performance.now() - this.#usedAt >= idleMs) {
      void this.#spare.dismiss();
    }
  }
}

/** Header there, then alive, then nothing; a judge looks for a clean one first. */
function fitness(instance: LeanInstance | null, key: string, clean: boolean): number {
  if (instance === null) return 0;
  const fits = (instance.headers.has(key) ? 2 : 0) + (clean && instance.submissions === 0 ? 4 : 0);
  return 1 + fits;
}
