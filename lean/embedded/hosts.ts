import { ProofloopError } from '../../src/model/errors.ts';
import { Host } from './host/host.ts';
import { WrongAssets } from './host/process.ts';
import type { Sandbox } from './host/sandbox.ts';
import { type PrepareOptions, prepareLean } from './prepare/prepare.ts';

/** Two, so that the end of one leaves a host that starts an instance in half a second. */
const HOSTS = 2;

/** Where a host lives, or comes to live. */
type Place = {
  host: Host | null;
  starting: Promise<Host> | null;
  /** Instances that are being started in it. */
  coming: number;
};

const load = ({ host, coming }: Place): number => coming + (host?.alive ? host.instances : 0);

/** What costs least comes first: a host that is there, then one that is coming, then the fuller one. */
function cheaper(one: Place, other: Place): Place {
  const rank = ({ host, starting }: Place) => (host?.alive ? 2 : starting ? 1 : 0);
  if (rank(one) !== rank(other)) return rank(one) > rank(other) ? one : other;
  return load(one) >= load(other) ? one : other;
}

/**
 * The host processes of a backend. Instances live together, since they share what a host costs, except those that are
 * asked to live apart: what ends a host then leaves them.
 * Throws LEAN_START_FAILED.
 */
export class Hosts {
  readonly #prepare: PrepareOptions;
  readonly #sandbox: () => Promise<Sandbox>;
  readonly #memoryMiB: number;
  readonly #places: readonly Place[] = Array.from({ length: HOSTS }, () => ({
    host: null,
    starting: null,
    coming: 0,
  }));
  #preparing: Promise<void> | null = null;
  #closed = false;

  constructor(prepare: PrepareOptions, sandbox: () => Promise<Sandbox>, memoryMiB: number) {
    this.#prepare = prepare;
    this.#sandbox = sandbox;
    this.#memoryMiB = memoryMiB;
  }

  /** With the library's modules. Rejects with LEAN_START_FAILED, LEAN_ASSET_INVALID, LEAN_CACHE_UNWRITABLE. */
  async startInstance(snapshot: string, apartFrom: ReadonlySet<number> = new Set()) {
    try {
      return await this.#startInstance(snapshot, apartFrom);
    } catch (error) {
      if (!(error instanceof WrongAssets)) throw error;
      await this.#again(error);
      return await this.#startInstance(snapshot, apartFrom);
    }
  }

  async #startInstance(snapshot: string, apartFrom: ReadonlySet<number>) {
    const place = this.#place(apartFrom);
    place.coming += 1;
    const host = await this.#hostAt(place, snapshot).finally(() => {
      place.coming -= 1;
    });
    return { link: await host.startInstance(snapshot), library: host.library };
  }

  #place(apartFrom: ReadonlySet<number>): Place {
    const apart = this.#places.filter(({ host }) => !host?.alive || !apartFrom.has(host.pid));
    if (apart.length > 0) return apart.reduce(cheaper);
    return this.#places.reduce((least, place) => (load(place) < load(least) ? place : least));
  }

  /** Kills all hosts, those too that are just being started. */
  async close(): Promise<void> {
    this.#closed = true;
    const hosts = this.#places.map(({ host, starting }) => starting ?? host);
    await Promise.allSettled(hosts.map(async (host) => await (await host)?.kill()));
  }

  async #hostAt(place: Place, snapshot: string): Promise<Host> {
    if (this.#closed) throw new ProofloopError('LEAN_START_FAILED', 'the Lean backend was closed');
    if (place.host?.alive) return place.host;
    place.starting ??= this.#start(snapshot).finally(() => {
      place.starting = null;
    });
    const host = await place.starting;
    place.host = host;
    return host;
  }

  async #start(snapshot: string): Promise<Host> {
    const prepared = await prepareLean(this.#prepare);
    return await Host.start(prepared, await this.#sandbox(), this.#memoryMiB, snapshot);
  }

  /** Makes the prepared folder again, once for all who found it wrong. */
  async #again(why: WrongAssets): Promise<void> {
    this.#preparing ??= (async () => {
      this.#prepare.say?.(`preparing Lean again: ${why.message}`);
      await prepareLean({ ...this.#prepare, rebuild: true });
    })().finally(() => {
      this.#preparing = null;
    });
    await this.#preparing;
  }
}
