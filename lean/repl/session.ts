import { InstanceDied } from '../backend.ts';
import { type ReplCommand, ReplGone, ReplProcess } from './process.ts';
import { type CommandAnswer, readCommandAnswer } from './protocol.ts';

/** The wall clock ran out under a request; the process is gone. */
export class WallClockOver extends Error {
  override readonly name = 'WallClockOver';
}

export type Limits = {
  /** Milliseconds of `performance.now()` at which the process is killed. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
};

/** `cmd` requests over one process, each within limits. */
export class ReplSession {
  readonly #process: ReplProcess;
  #lastEnv = -1;

  constructor(command: ReplCommand) {
    this.#process = new ReplProcess(command);
  }

  get pid(): number {
    return this.#process.pid;
  }

  get alive(): boolean {
    return this.#process.alive;
  }

  get ended(): Promise<void> {
    return this.#process.ended.then(() => undefined);
  }

  /**
   * Rejects with the signal's reason, WallClockOver or InstanceDied; the process has ended then.
   * Environments are numbered upwards, so an answer with an old number belongs to another request.
   */
  async command(cmd: string, env: number | null, limits: Limits): Promise<CommandAnswer> {
    const { signal } = limits;
    signal?.throwIfAborted();
    let over: unknown = null;
    const end = (reason: unknown, why: string) => {
      over ??= reason;
      void this.#process.kill(why);
    };
    const left = Math.max(0, limits.deadline - performance.now());
    const clock = setTimeout(() => end(new WallClockOver(), 'the wall clock ran out'), left);
    const cancel = () => end(signal?.reason, 'the request was cancelled');
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#fitting(await this.#process.request(env === null ? { cmd } : { cmd, env }));
    } catch (error) {
      if (over !== null) throw over;
      if (error instanceof ReplGone) throw new InstanceDied(error.message, true);
      throw error;
    } finally {
      clearTimeout(clock);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async stop(why = 'it was stopped'): Promise<void> {
    await this.#process.kill(why);
  }

  async #fitting(value: unknown): Promise<CommandAnswer> {
    const answer = readCommandAnswer(value);
    const fits = answer !== null && (answer.kind === 'fault' || answer.env > this.#lastEnv);
    if (!fits || (answer.kind === 'fault' && answer.text === 'Unknown environment.')) {
      const shown = (JSON.stringify(value) ?? String(value)).slice(0, 200);
      throw await this.#process.kill(`its answer does not fit the request: ${shown}`);
    }
    if (answer.kind === 'done') this.#lastEnv = answer.env;
    return answer;
  }
}
