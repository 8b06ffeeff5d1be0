import { ProofloopError } from '../../src/model/index.ts';
import { InstanceDied, type LeanInstance } from '../backend.ts';
import type { Seat } from './seat.ts';

/** The second process that a text ends is the last. */
const OWN_DEATHS = 2;
/** Hosts that may die under a request through no deed of its own before the machine is held to be broken. */
const FOREIGN_DEATHS = 5;

export type AttemptOptions<T> = {
  readonly seat: Seat;
  /** True: only in instances that have run no submission. */
  readonly clean: boolean;
  readonly header: string;
  readonly signal: AbortSignal | undefined;
  readonly work: (instance: LeanInstance) => Promise<T>;
  /** The answer when the text ended two processes. */
  readonly crashed: (detail: string, ms: number) => T;
};

/**
 * Does one request, in fresh instances when the one at work dies. Rejects with the signal's reason, or with
 * ProofloopError LEAN_CRASHED when hosts keep dying around it.
 */
export async function attempt<T>(options: AttemptOptions<T>): Promise<T> {
  const { seat, signal } = options;
  const began = performance.now();
  let own = 0;
  let foreign = 0;
  for (;;) {
    const instance = await seat.ready(options.clean, options.header, signal);
    try {
      return await options.work(instance);
    } catch (error) {
      if (signal?.aborted === true && !(error instanceof InstanceDied)) throw error;
      await seat.discard(instance);
      signal?.throwIfAborted();
      if (!(error instanceof InstanceDied)) throw error;
      if (error.own) own += 1;
      else foreign += 1;
      if (own >= OWN_DEATHS) return options.crashed(error.fault, performance.now() - began);
      if (foreign >= FOREIGN_DEATHS) {
        throw new ProofloopError('LEAN_CRASHED', `Lean's host ended ${foreign} times: ${error.fault}`);
      }
    }
  }
}
