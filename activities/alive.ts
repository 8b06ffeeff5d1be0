import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { toApplicationFailure } from '../src/prover/fault.ts';

/**
 * Milliseconds between heartbeats. Well below half of the heartbeat time-out, because on a server that does not
 * push cancellations the answer to a heartbeat is what brings them, and a cancelled sibling has a second to stop.
 */
export const BEAT_MS = 700;

/**
 * Runs the body of an activity: heartbeats from the first moment, hands on the cancellation signal, and
 * rethrows a cancellation as such, whatever error the body made of it (else the attempt would count as failed).
 */
export const whileAlive = async <T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const signal = cancellationSignal();
  heartbeat();
  const beat = setInterval(() => heartbeat(), BEAT_MS);
  try {
    return await body(signal);
  } catch (error) {
    signal.throwIfAborted();
    throw toApplicationFailure(error);
  } finally {
    clearInterval(beat);
  }
};

/** The same for short work on the store, which is neither cancelled nor needs heartbeats. */
export const brief = async <T>(body: () => Promise<T>): Promise<T> => {
  try {
    return await body();
  } catch (error) {
    throw toApplicationFailure(error);
  }
};
