import { ProofloopError } from '../../../src/model/errors.ts';
import { InstanceDied } from '../../backend.ts';
import type { HostProcess } from './process.ts';
import type { FromHost, Job, Outcome } from './protocol.ts';

/** How long a host may take to end a thread before it is killed itself. */
const END_MS = 2_000;
/** How long an instance may take to boot; a host that is frozen would hold its slot for ever. */
const BOOT_MS = 60_000;

type Waiting = {
  readonly id: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
};

/** The client's end of one instance: at most one request at a time. Throws LEAN_CRASHED, LEAN_START_FAILED. */
export class InstanceLink {
  readonly #number: number;
  readonly #host: HostProcess;
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  #waiting: Waiting | null = null;
  #ids = 0;
  #alive = true;
  memoryBytes: number | null = null;

  constructor(number: number, host: HostProcess, snapshot: string) {
    this.#number = number;
    this.#host = host;
    const slow = setTimeout(() => void this.end(), BOOT_MS);
    this.#ready.promise.catch(() => {}).finally(() => clearTimeout(slow));
    host.send({ type: 'start', instance: number, snapshot });
  }

  get alive(): boolean {
    return this.#alive;
  }
  get busy(): boolean {
    return this.#waiting !== null;
  }
  get pid(): number {
    return this.#host.pid;
  }
  get gone(): Promise<void> {
    return this.#gone.promise;
  }
  /** Rejects with LEAN_START_FAILED when it dies before, or takes a minute. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  ask(job: Job): Promise<Outcome> {
    if (!this.#alive) return Promise.reject(new InstanceDied('the instance is dead', false));
    if (this.#waiting)
      return Promise.reject(new ProofloopError('INTERNAL', 'an instance takes one request at a time'));
    const answer = Promise.withResolvers<Outcome>();
    const id = ++this.#ids;
    this.#waiting = { id, resolve: answer.resolve, reject: answer.reject };
    this.#host.send({ type: 'ask', instance: this.#number, id, job });
    return answer.promise;
  }

  /** Softly: the request answers `stopped`, or goes on where Lean does not listen. */
  stop(): void {
    if (this.#waiting) this.#host.send({ type: 'stop', instance: this.#number, id: this.#waiting.id });
  }

  /** Ends the thread, and the whole host if that does not help. */
  async end(): Promise<void> {
    if (!this.#alive) return await this.#gone.promise;
    this.#host.send({ type: 'end', instance: this.#number });
    const stuck = setTimeout(() => void this.#host.kill(), END_MS);
    await this.#gone.promise;
    clearTimeout(stuck);
  }

  receive(message: Exclude<FromHost, { type: 'open' | 'refused' }>): void {
    switch (message.type) {
      case 'ready':
        this.#ready.resolve();
        break;
      case 'answer':
        this.memoryBytes = message.memoryBytes;
        this.#settle(message.id, (w) => w.resolve(message.outcome));
        break;
      case 'fault':
        this.#settle(message.id, (w) => w.reject(new ProofloopError('LEAN_CRASHED', message.detail)));
        break;
      case 'gone':
        this.died(message.detail, true);
    }
  }

  /** `own`: through its own request, as far as can be told. */
  died(detail: string, own: boolean): void {
    if (!this.#alive) return;
    this.#alive = false;
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#ready.reject(new ProofloopError('LEAN_START_FAILED', `a Lean instance ended: ${detail}`));
    waiting?.reject(new InstanceDied(detail, own));
    this.#gone.resolve();
  }

  #settle(id: number, by: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    if (waiting?.id !== id) return;
    this.#waiting = null;
    by(waiting);
  }
}
