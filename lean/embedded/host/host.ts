import { ProofloopError } from '../../../src/model/errors.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { InstanceLink } from './link.ts';
import { type HostProcess, startHost, WrongAssets } from './process.ts';
import type { Sandbox } from './sandbox.ts';

/** A host with its instances, as the client sees it. Throws LEAN_START_FAILED. */
export class Host {
  readonly #links = new Map<number, InstanceLink>();
  readonly library: ReadonlySet<string>;
  #process: HostProcess | null = null;
  #numbers = 0;
  #refused: WrongAssets | null = null;

  private constructor(library: ReadonlySet<string>) {
    this.library = library;
  }

  /** `snapshot`: what its first instance will start from. Rejects with LEAN_START_FAILED, WrongAssets. */
  static async start(
    prepared: Prepared,
    sandbox: Sandbox,
    memoryMiB: number,
    snapshot: string,
  ): Promise<Host> {
    const host = new Host(new Set(prepared.modules));
    host.#process = await startHost(prepared, sandbox, memoryMiB, snapshot, {
      message: (message) => {
        host.#links.get(message.instance)?.receive(message);
        if (message.type === 'gone') host.#links.delete(message.instance);
      },
      refused: (detail) => {
        host.#refused = new WrongAssets(detail);
        void host.kill();
      },
      gone: (detail, killed) => host.#ended(detail, killed),
    });
    return host;
  }

  get alive(): boolean {
    return this.#process !== null;
  }
  /** 0 when it has ended. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }
  get instances(): number {
    return this.#links.size;
  }

  /** Rejects with LEAN_START_FAILED, WrongAssets. */
  async startInstance(snapshot: string): Promise<InstanceLink> {
    if (!this.#process) throw new ProofloopError('LEAN_START_FAILED', 'the Lean host has just ended');
    const number = ++this.#numbers;
    const link = new InstanceLink(number, this.#process, snapshot);
    this.#links.set(number, link);
    await link.ready.catch((error: unknown) => {
      throw this.#refused ?? error;
    });
    return link;
  }

  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /**
   * One request alone in the host is taken for the cause; of several nobody can tell which one it was, and a kill comes
   * from outside.
   */
  #ended(detail: string, killed: boolean): void {
    this.#process = null;
    const links = [...this.#links.values()];
    this.#links.clear();
    const alone = !killed && links.filter((link) => link.busy).length === 1;
    for (const link of links) link.died(detail, alone);
  }
}
