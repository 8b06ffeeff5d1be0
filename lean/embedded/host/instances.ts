import { Worker } from 'node:worker_threads';
import type { BootInput, ModuleInput } from '../instance/boot.ts';
import { setToken } from '../instance/tokens.ts';
import { heedsStop } from './grace.ts';
import type { FromHost, FromInstance, Job, ToInstance } from './protocol.ts';

/** V8's stack: Lean's recursion limit is met before it, however high a submission sets that. */
export const STACK_MIB = 900;
/** What requests leave in V8's heap is little and dies young; V8's own choice costs 30 MB more in each thread. */
const YOUNG_MIB = 4;
/** Lean may be putting the old value back just now, so a stop is repeated. */
const STOP_EVERY_MS = 5;

/** Beside the bundle that this is a part of (bundle.ts). */
const WORKER = new URL('./worker.mjs', import.meta.url);

/** A thread that loads its code, checks the snapshot, and then waits for the module. */
export function startThread(boot: BootInput): Worker {
  const worker = new Worker(WORKER, {
    resourceLimits: { stackSizeMb: STACK_MIB, maxYoungGenerationSizeMb: YOUNG_MIB },
    env: {},
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.postMessage(boot);
  return worker;
}

/** One instance in its thread. `send` takes what the client has to know. */
export class InstanceThread {
  readonly #number: number;
  readonly #worker: Worker;
  readonly #send: (message: FromHost) => void;
  #memory: WebAssembly.Memory | null = null;
  #running: { id: number; token: number | null } | null = null;
  #stopping: NodeJS.Timeout | null = null;
  #cause: string | null = null;
  #gone = false;

  constructor(number: number, worker: Worker, module: ModuleInput, send: (message: FromHost) => void) {
    this.#number = number;
    this.#send = send;
    this.#worker = worker;
    this.#worker.on('message', (message: FromInstance) => this.#receive(message));
    this.#worker.on('error', (error: Error) => this.#leave(error.message));
    this.#worker.on('exit', (code) => this.#leave(`its thread ended with code ${code}`));
    this.#worker.postMessage(module);
  }

  ask(id: number, job: Job): void {
    this.#running = { id, token: null };
    this.#worker.postMessage({ id, job } satisfies ToInstance);
  }

  /** Asks Lean to leave the request; the end of the thread where it does not listen (bignum work, compiled loops). */
  stop(id: number): void {
    if (this.#running?.id !== id || this.#stopping) return;
    const set = () => {
      const token = this.#running?.token;
      if (this.#memory && token) setToken(this.#memory, token);
    };
    this.#stopping = setInterval(set, STOP_EVERY_MS);
    set();
    const left = () => this.#running?.id !== id;
    void heedsStop(this.#worker, left).then(async (heeded) => {
      if (!heeded) await this.end('it did not heed a stop');
    });
  }

  /** `cause`: why, when Lean itself is dead. */
  async end(cause = 'it was ended'): Promise<void> {
    this.#idle();
    this.#cause ??= cause;
    await this.#worker.terminate();
    this.#leave(cause);
  }

  #receive(message: FromInstance): void {
    const instance = this.#number;
    switch (message.type) {
      case 'ready':
        this.#memory = message.memory;
        this.#send({ type: 'ready', instance });
        break;
      case 'begun':
        if (this.#running?.id === message.id) this.#running.token = message.token;
        break;
      case 'answer':
      case 'fault':
        this.#idle();
        this.#send({ ...message, instance });
        break;
      case 'refused':
        this.#send(message);
        break;
      case 'dead':
        void this.end(message.detail);
        break;
    }
  }

  #idle(): void {
    this.#running = null;
    if (this.#stopping) clearInterval(this.#stopping);
    this.#stopping = null;
  }

  /** A thread's wasm memory comes back at a major collection only, a hundred MB and more each. */
  #leave(detail: string): void {
    this.#idle();
    if (this.#gone) return;
    this.#gone = true;
    this.#memory = null;
    this.#send({ type: 'gone', instance: this.#number, detail: this.#cause ?? detail });
    setImmediate(() => globalThis.gc?.());
  }
}
