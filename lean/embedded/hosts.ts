import { ProofloopError } from '../../src/model/errors.ts';
import { Host } from './host/host.ts';
import type { InstanceLink } from './host/link.ts';
import { WrongAssets } from './host/process.ts';
import type { Sandbox } from './host/sandbox.ts';
import { type Prepared, type PrepareOptions, prepareLean } from './prepare/prepare.ts';

/** Two, so that the end of one leaves a host that starts an instance in half a second. */
const HOSTS = 2;

/** The host processes of a backend; instances are spread over them evenly. */
export class Hosts {
  readonly #prepare: PrepareOptions;
  readonly #sandbox: () => Promise<Sandbox>;
  readonly #memoryMiB: number;
  readonly #hosts: (Promise<Host> | null)[] = Array.from({ length: HOSTS }, () => null);
  readonly #starting = new Map<number, number>();
  #closed = false;

  constructor(prepare: PrepareOptions, sandbox: () => Promise<Sandbox>, memoryMiB: number) {
    this.#prepare = prepare;
    this.#sandbox = sandbox;
    this.#memoryMiB = memoryMiB;
  }

  /** With the library's modules. Rejects with LEAN_START_FAILED, LEAN_ASSET_INVALID, LEAN_CACHE_UNWRITABLE. */
  async startInstance(): Promise<{ link: InstanceLink; library: ReadonlySet<string> }> {
    const place = await this.#emptiest();
    this.#starting.set(place, (this.#starting.get(place) ?? 0) + 1);
    try {
      const host = await this.#at(place);
      if (this.#closed) throw new ProofloopError('LEAN_START_FAILED', 'the Lean backend was closed');
      return { link: await host.startInstance(), library: host.library };
    } finally {
      this.#starting.set(place, this.#starting.get(place)! - 1);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#hosts.map(async (host) => await (await host)?.kill()));
  }

  async #emptiest(): Promise<number> {
    const loads = await Promise.all(
      this.#hosts.map(async (starting, place) => {
        const coming = this.#starting.get(place) ?? 0;
        if (coming > 0) return coming;
        const host = await starting?.catch(() => null);
        return (host?.alive ? host.instances : 0) + coming;
      }),
    );
    return loads.indexOf(Math.min(...loads));
  }

  /** The host at a place, started anew when it died. */
  async #at(place: number): Promise<Host> {
    const old = await this.#hosts[place]?.catch(() => null);
    if (old?.alive) return old;
    this.#hosts[place] = this.#start();
    return await this.#hosts[place]!;
  }

  async #start(): Promise<Host> {
    const open = async (prepared: Prepared) =>
      await Host.start(prepared, await this.#sandbox(), this.#memoryMiB);
    try {
      return await open(await prepareLean(this.#prepare));
    } catch (error) {
      if (!(error instanceof WrongAssets)) throw error;
      this.#prepare.say?.(`preparing Lean again: ${error.message}`);
      return await open(await prepareLean({ ...this.#prepare, rebuild: true }));
    }
  }
}
